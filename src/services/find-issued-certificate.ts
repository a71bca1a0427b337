import type { Caller } from '../core/account.ts';
import type { IssuedCertificate } from '../core/certificate.ts';
import { Fault } from '../core/fault.ts';
import type { SerialNumber } from '../core/ids.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import type { World } from './world.ts';

/**
 * A certificate that an authority of the caller's account issued, or with a right that the authority it names did; `listed`: only while no view has deleted it.
 * Throws Fault `not-found`.
 */
export async function findIssuedCertificate(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  serial: SerialNumber,
  { listed = false, access }: { readonly listed?: boolean; readonly access?: SharedAccess } = {},
): Promise<IssuedCertificate> {
  const account = access === undefined ? caller.account : access.ownerFor(caller, access.authority);
  const certificate = await store.issued.get(account, serial);
  const isHidden = listed && !(await store.issued.isListed(account, serial));
  const isElsewhere = access !== undefined && certificate?.authority !== access.authority;
  if (certificate === undefined || isHidden || isElsewhere) {
    throw new Fault('not-found', `certificate ${serial} does not exist`, { what: 'certificate', id: serial });
  }
  return certificate;
}
