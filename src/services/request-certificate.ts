import { askerOf, type Caller } from '../core/account.ts';
import { assertIssuing } from '../core/authority.ts';
import type { ManagedCertificate } from '../core/certificate.ts';
import { Fault, type FaultKind } from '../core/fault.ts';
import { type AuthorityId, type CertificateId, certificateId, type EpochMs, type Region } from '../core/ids.ts';
import { assertCanSign, familyOfKey, type KeyAlgorithm, type SealedKey, type SignatureAlgorithm } from '../core/key.ts';
import type { DistinguishedName } from '../core/name.ts';
import type { Profile } from '../core/profile.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import type { Tag } from '../core/tag.ts';
import { certificateBody } from './certificate-body.ts';
import { findAuthority } from './find-authority.ts';
import { claimOf, earlierThatExists, type Repeatable } from './idempotency.ts';
import { issuerOf } from './issuer-of.ts';
import { issuedRow } from './issued-row.ts';
import { assertCurrent } from './shared-authority.ts';
import { retryConflict } from './retry-conflict.ts';
import { type Term, termOf } from './term.ts';
import { assertUsageMode } from './usage-mode.ts';
import type { World } from './world.ts';

export interface RequestWish {
  readonly authority: AuthorityId;
  /** Where the authority must be; absent: anywhere. */
  readonly authorityRegion?: Region;
  /** The right to issue by this profile from another account's authority; the certificate belongs to the caller. */
  readonly access?: SharedAccess;
  readonly keyAlgorithm?: KeyAlgorithm;
  /** `of-authority`: an RSA authority certifies RSA keys only, an EC one EC keys only (a rule of ACM's). */
  readonly keyFamily?: 'any' | 'of-authority';
  /** Absent: the authority's own. */
  readonly signatureAlgorithm?: SignatureAlgorithm;
  readonly subject: DistinguishedName | ((issuer: DistinguishedName) => DistinguishedName);
  /** The main name, for lists. */
  readonly domain: string;
  readonly profile: Profile;
  readonly term: Term;
  /** A short-lived authority is refused (ACM cannot use one). */
  readonly refusesShortLived: boolean;
  /** `keep`: a certificate that its authority cannot issue is there as failed, with the reason; `throw`: nothing is. */
  readonly whenRefused: 'keep' | 'throw';
  readonly name: string;
  readonly tags: readonly Tag[];
  readonly vendor: ManagedCertificate['vendor'];
  readonly repeatable?: Repeatable;
}

type Uses = Pick<World, 'store' | 'vault' | 'signer' | 'clock' | 'pace' | 'random' | 'publishing' | 'audit'>;

/**
 * A managed certificate whose key is made here and signed by an authority, key and certificate in one commit.
 *
 * Faults with `whenRefused: 'throw'`, and failure reasons otherwise: `not-found` authority; `wrong-state`; `mismatch`
 * algorithms; `invalid` validity or names. `conflict` when the authority kept changing is always thrown.
 */
export async function requestCertificate(world: Uses, caller: Caller, wish: RequestWish): Promise<CertificateId> {
  wish.access?.assertUse('issue', wish.profile.name);
  const exists = async (result: string) =>
    (await world.store.managed.get(caller.account, certificateId(result))) !== undefined;
  const { earlier, repeatable } = await earlierThatExists(world, caller, wish.repeatable, world.clock.now(), exists);
  if (earlier !== undefined) return certificateId(earlier);
  const algorithm =
    wish.keyAlgorithm ?? (await findAuthority(world, caller, wish.authority, within(wish))).keyAlgorithm;
  const key = await world.vault.generate(caller.account, algorithm);
  const id = certificateId(world.random.uuid());
  return retryConflict(async () => {
    const now = world.clock.now();
    const draft = draftOf(caller, wish, { id, key, now });
    const claim = claimOf(caller, repeatable, id, now);
    const issued = await issueFor(world, caller, wish, key, now).catch((cause: unknown) => {
      const reason = wish.whenRefused === 'keep' ? failureReason(cause) : undefined;
      if (reason === undefined) throw cause;
      return { reason };
    });
    const kept =
      'reason' in issued
        ? { certificate: { ...draft, state: { kind: 'failed', reason: issued.reason } as const } }
        : {
            certificate: { ...draft, state: { kind: 'issued' } as const, body: issued.body, issuedAt: now },
            issued: { certificate: { ...issued.row, managed: id }, authorityVersion: issued.authorityVersion },
          };
    const outcome = await world.store.commit('create-managed', { ...kept, key, tags: wish.tags, claim });
    if (!outcome.claimed) return certificateId(outcome.result);
    if (!('reason' in issued)) await world.audit.record(caller, { verb: 'issued', what: 'certificate', id });
    return id;
  });
}

async function issueFor(world: Uses, caller: Caller, wish: RequestWish, key: SealedKey, now: EpochMs) {
  const authority = await findAuthority(world, caller, wish.authority, within(wish));
  if (wish.access !== undefined) await assertCurrent(world, wish.access, authority);
  assertIssuing(authority, now);
  if (wish.refusesShortLived && authority.usageMode === 'short-lived') {
    throw new Fault('invalid', `authority ${authority.id} issues short-lived certificates only`, {
      what: 'authority',
      reason: 'short-lived',
    });
  }
  if (wish.keyFamily === 'of-authority' && familyOfKey(key.algorithm) !== familyOfKey(authority.keyAlgorithm)) {
    throw new Fault('mismatch', `a ${key.algorithm} key cannot be certified by a ${authority.keyAlgorithm} authority`, {
      what: 'key algorithm',
    });
  }
  const signatureAlgorithm = wish.signatureAlgorithm ?? authority.signatureAlgorithm;
  assertCanSign(authority.keyAlgorithm, signatureAlgorithm);
  const validity = termOf(wish.term, now);
  assertUsageMode(authority, validity, now);
  const { certificate } = authority;
  const subject = typeof wish.subject === 'function' ? wish.subject(certificate.subject) : wish.subject;
  const pointers = world.publishing.pointersOf(authority, now);
  const signed = await world.signer.issue(authority.account, {
    issuer: issuerOf(authority),
    subject: { from: 'key', publicKey: key.publicKey, subject },
    profile: wish.profile,
    signatureAlgorithm,
    validity,
    now,
    pointers,
  });
  return {
    body: certificateBody(signed.der, [certificate.der, ...certificate.chain]),
    row: issuedRow(caller, authority, wish.profile, signed, now, pointers),
    authorityVersion: authority.version,
  };
}

function draftOf(caller: Caller, wish: RequestWish, made: { id: CertificateId; key: SealedKey; now: EpochMs }) {
  const { id, key, now } = made;
  return {
    id,
    account: caller.account,
    region: caller.region,
    origin: 'issued',
    name: wish.name,
    domain: wish.domain,
    authority: wish.authority,
    authorityAccount: wish.access?.owner,
    key: key.id,
    keyAlgorithm: key.algorithm,
    createdAt: now,
    changedAt: now,
    asker: askerOf(caller),
    vendor: wish.vendor,
    version: 1,
  } as const;
}

function within(wish: RequestWish): { region?: Region; access?: SharedAccess } {
  return { region: wish.authorityRegion, access: wish.access };
}

/** The word that a failed certificate keeps; undefined for what is no refusal of the authority's. */
function failureReason(cause: unknown): string | undefined {
  return cause instanceof Fault ? failureReasons[cause.kind]?.(cause) : undefined;
}

const failureReasons: Partial<Record<FaultKind, (fault: Fault) => string>> = {
  'not-found': () => 'not-found',
  'wrong-state': () => 'authority-state',
  invalid: ({ subject }) => (subject.what === 'validity' ? 'validity' : (subject.reason ?? 'arguments')),
  mismatch: () => 'arguments',
  forbidden: () => 'denied',
  limit: () => 'limit',
};
