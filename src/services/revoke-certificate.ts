import type { Caller } from '../core/account.ts';
import { statusOf } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { AuthorityId, Region, SerialNumber } from '../core/ids.ts';
import type { RevocationReason } from '../core/revocation.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import { readCertificate } from '../x509/certificate.ts';
import { isSelfSigned } from '../x509/chain.ts';
import { assertStatus } from './change-authority.ts';
import { findAuthority } from './find-authority.ts';
import { isUnderWay } from './pace.ts';
import type { World } from './world.ts';

/**
 * Records for good that a certificate of the authority is revoked, also when it has ended or a view deleted it.
 * Nothing is published by this: there is neither CRL nor OCSP yet.
 *
 * Faults: `not-found` (the authority, or what it never issued); `wrong-state` unless the authority is active, disabled
 * or expired; `invalid` (reason `self-signed`) for an authority's own root certificate, which only those who installed
 * it can stop trusting (RFC 5280 §6.1: a path ends below its trust anchor); `already-exists` when it is revoked.
 */
export async function revokeCertificate(
  world: Pick<World, 'store' | 'clock' | 'pace' | 'audit'>,
  caller: Caller,
  wanted: {
    authority: AuthorityId;
    region?: Region;
    serial: SerialNumber;
    reason: RevocationReason;
    /** The right to revoke what another account's authority issued, whoever asked for it. */
    access?: SharedAccess;
  },
): Promise<void> {
  const { store, clock, audit } = world;
  const { serial, reason } = wanted;
  wanted.access?.assertUse('revoke');
  const now = clock.now();
  const authority = await findAuthority(world, caller, wanted.authority, wanted);
  const status = statusOf(authority, now);
  const found = await store.issued.get(authority.account, serial);
  const certificate = found?.authority === authority.id ? found : undefined;
  // Before the other states: the one thing that a pending root has issued is its own certificate.
  if (status !== 'deleted' && certificate !== undefined && isSelfSigned(readCertificate(certificate.der))) {
    throw new Fault('invalid', `certificate ${serial} is self-signed, which nobody can revoke`, {
      what: 'certificate',
      id: serial,
      reason: 'self-signed',
    });
  }
  assertStatus(authority, status, ['active', 'disabled', 'expired']);
  if (certificate !== undefined && isUnderWay(certificate.issuedAt, world.pace.issuingMs, now)) {
    throw new Fault('pending', `certificate ${serial} is being issued`, { what: 'certificate', id: serial });
  }
  if (certificate === undefined) {
    throw new Fault('not-found', `authority ${authority.id} has issued no certificate ${serial}`, {
      what: 'certificate',
      id: serial,
    });
  }
  await store.commit('revoke-issued', {
    account: authority.account,
    authority: authority.id,
    serial,
    revocation: { at: now, reason },
  });
  await audit.record(caller, { verb: 'revoked', what: 'certificate', id: serial });
}
