import type { Caller } from '../core/account.ts';
import type { CertificateId, SerialNumber } from '../core/ids.ts';
import type { World } from './world.ts';

type Uses = Pick<World, 'store' | 'clock' | 'audit'>;

/** Removes a managed certificate with its key, history and tags; what was issued stays on record. Fault `not-found`. */
export async function deleteManagedCertificate(
  { store, audit }: Uses,
  caller: Caller,
  id: CertificateId,
): Promise<void> {
  await store.commit('delete-managed', { account: caller.account, id });
  await audit.record(caller, { verb: 'deleted', what: 'certificate', id });
}

/** Hides a certificate issued from a CSR from the lists; its row stays. Fault `not-found`. */
export async function hideIssuedCertificate(
  { store, clock, audit }: Uses,
  caller: Caller,
  serial: SerialNumber,
): Promise<void> {
  await store.commit('hide-issued', { account: caller.account, serial, now: clock.now() });
  await audit.record(caller, { verb: 'deleted', what: 'certificate', id: serial });
}
