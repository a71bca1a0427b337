import type { Caller } from '../core/account.ts';
import { assertIssuing, type Authority, statusOf } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import { type AuthorityId, type EpochMs, type Region, type SerialNumber, serialNumber } from '../core/ids.ts';
import { type IssuanceRequest, noPointers } from '../core/issuance.ts';
import { assertCanSign, type SignatureAlgorithm } from '../core/key.ts';
import type { DistinguishedName } from '../core/name.ts';
import type { Profile } from '../core/profile.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import { assertLevels } from './authority-levels.ts';
import { findAuthority } from './find-authority.ts';
import { assertCurrent } from './shared-authority.ts';
import { claimOf, earlierResult, type Repeatable } from './idempotency.ts';
import { issuerOf } from './issuer-of.ts';
import { issuedRow } from './issued-row.ts';
import { retryConflict } from './retry-conflict.ts';
import { type Term, termOf } from './term.ts';
import { assertUsageMode } from './usage-mode.ts';
import type { World } from './world.ts';

export interface IssueWish {
  readonly authority: AuthorityId;
  readonly region?: Region;
  /** The right to issue by this profile from another account's authority. */
  readonly access?: SharedAccess;
  /** PKCS#10, DER or PEM. */
  readonly csr: Uint8Array;
  readonly profile: Profile;
  /** Replaces the CSR's subject. */
  readonly subject?: DistinguishedName;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly term: Term;
  readonly repeatable?: Repeatable;
}

/**
 * A certificate for a CSR, signed and durable before its serial number is returned.
 *
 * Faults: `not-found` authority; `wrong-state` unless it issues (a self-signed profile: unless it is a root that is
 * pending, active or expired); `mismatch` algorithm; `invalid` validity, CSR or profile; `malformed` CSR; `conflict` when the
 * authority kept changing meanwhile; `forbidden` when another account's policy no longer allows it.
 */
export async function issueCertificate(
  world: Pick<World, 'store' | 'signer' | 'clock' | 'pace' | 'publishing' | 'audit'>,
  caller: Caller,
  wish: IssueWish,
): Promise<SerialNumber> {
  assertMayIssue(wish);
  return retryConflict(async () => {
    const now = world.clock.now();
    const authority = await findAuthority(world, caller, wish.authority, wish);
    if (wish.access !== undefined) await assertCurrent(world, wish.access, authority);
    const earlier = await earlierResult(world, caller, wish.repeatable, now);
    if (earlier !== undefined) return serialNumber(earlier);

    const request = issuanceOf(world, authority, wish, now);
    const signed = await world.signer.issue(authority.account, request);
    const certificate = issuedRow(caller, authority, wish.profile, signed, now, request.pointers);
    const outcome = await world.store.commit('record-issued', {
      certificate,
      authorityVersion: authority.version,
      claim: claimOf(caller, wish.repeatable, signed.serial, now),
    });
    if (!outcome.claimed) return serialNumber(outcome.result);
    await world.audit.record(caller, { verb: 'issued', what: 'certificate', id: signed.serial });
    return signed.serial;
  });
}

/** Throws unless the right to another account's authority covers the profile; a root's own certificate is its owner's. */
function assertMayIssue({ access, profile }: IssueWish): void {
  if (access === undefined) return;
  access.assertUse('issue', profile.name);
  if (!profile.isSelfSigned) return;
  throw new Fault('invalid', 'only the account that owns a root signs its own certificate', {
    what: 'template',
    reason: 'not-the-owner',
  });
}

/** The request to the signer for a CSR under an authority. */
function issuanceOf(
  { publishing }: Pick<World, 'publishing'>,
  authority: Authority,
  wish: IssueWish,
  now: EpochMs,
): IssuanceRequest {
  const subject = { from: 'csr', csr: wish.csr, subject: wish.subject } as const;
  const { profile, signatureAlgorithm } = wish;
  if (profile.isSelfSigned) {
    const key = selfSigningKey(authority, now);
    assertCanSign(authority.keyAlgorithm, signatureAlgorithm);
    const validity = termOf(wish.term, now);
    const issuer = { key, certificate: 'self' } as const;
    return { issuer, subject, profile, signatureAlgorithm, validity, now, pointers: noPointers };
  }
  assertIssuing(authority, now);
  assertCanSign(authority.keyAlgorithm, signatureAlgorithm);
  assertLevels(profile, authority.certificate);
  const validity = termOf(wish.term, now);
  assertUsageMode(authority, validity, now);
  const issuer = issuerOf(authority);
  const pointers = publishing.pointersOf(authority, now);
  return { issuer, subject, profile, signatureAlgorithm, validity, now, pointers };
}

/** A root certifies its own key while it waits for its first certificate, or again to replace it, ended or not. */
function selfSigningKey(authority: Authority, now: EpochMs): NonNullable<Authority['key']> {
  const { type, key } = authority;
  const status = statusOf(authority, now);
  if (type !== 'root' || key === undefined) {
    throw new Fault('invalid', `authority ${authority.id} is ${type}, only a root signs its own certificate`, {
      what: 'template',
      reason: 'not-a-root',
    });
  }
  if (status !== 'pending' && status !== 'active' && status !== 'expired') {
    throw new Fault(
      'wrong-state',
      `authority ${authority.id} is ${status}, only a pending, active or expired one is signed`,
      {
        what: 'authority',
        id: authority.id,
        reason: status,
      },
    );
  }
  return key;
}
