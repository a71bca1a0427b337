import type { Caller } from '../core/account.ts';
import type { ManagedCertificate } from '../core/certificate.ts';
import { Fault } from '../core/fault.ts';
import type { CertificateId, Region, ScmId } from '../core/ids.ts';
import type { World } from './world.ts';

/** A managed certificate of the caller's account. Throws Fault `not-found`, also for another account's or region's. */
export async function findManagedCertificate(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  wanted: { id: CertificateId; region?: Region } | { scm: ScmId },
): Promise<ManagedCertificate> {
  const byId = 'id' in wanted;
  const found = byId
    ? await store.managed.get(caller.account, wanted.id)
    : await store.managed.byScmId(caller.account, wanted.scm);
  const elsewhere = byId && wanted.region !== undefined && found?.region !== wanted.region;
  if (found === undefined || elsewhere) {
    const id = byId ? wanted.id : wanted.scm;
    throw new Fault('not-found', `certificate ${id} does not exist`, { what: 'certificate', id });
  }
  return found;
}
