import type { Caller } from '../core/account.ts';
import type { IssuedCertificate } from '../core/certificate.ts';
import { Fault } from '../core/fault.ts';
import type { SerialNumber } from '../core/ids.ts';
import type { World } from './world.ts';

/**
 * A certificate that the caller's account had issued; `listed`: only while no view has deleted it.
 * Throws Fault `not-found`.
 */
export async function findIssuedCertificate(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  serial: SerialNumber,
  { listed = false }: { readonly listed?: boolean } = {},
): Promise<IssuedCertificate> {
  const certificate = await store.issued.get(caller.account, serial);
  const isHidden = listed && !(await store.issued.isListed(caller.account, serial));
  if (certificate === undefined || isHidden) {
    throw new Fault('not-found', `certificate ${serial} does not exist`, { what: 'certificate', id: serial });
  }
  return certificate;
}
