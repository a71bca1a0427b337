import type { Caller } from '../core/account.ts';
import type {
  Authority,
  AuthorityType,
  AuthorityVendorFields,
  RevocationSettings,
  UsageMode,
} from '../core/authority.ts';
import { type AuthorityId, authorityId, keyId } from '../core/ids.ts';
import { assertCanSign, type KeyAlgorithm, type SealedKey, type SignatureAlgorithm } from '../core/key.ts';
import type { DistinguishedName } from '../core/name.ts';
import type { CustomExtension, KeyUsage } from '../core/profile.ts';
import type { Tag } from '../core/tag.ts';
import { csrOf } from './finish-authority.ts';
import { assertCertSign, certify, type Certification } from './certify-authority.ts';
import { claimOf, earlierThatExists, type Repeatable } from './idempotency.ts';
import { retryConflict } from './retry-conflict.ts';
import type { World } from './world.ts';

export interface AuthorityWish {
  readonly type: AuthorityType;
  readonly subject: DistinguishedName;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** Of the authority's certificate; must hold keyCertSign, else nothing it signs verifies (RFC 5280 §4.2.1.3). */
  readonly keyUsages: readonly KeyUsage[];
  /** Other extensions of the CSR. */
  readonly csrExtensions: readonly CustomExtension[];
  readonly usageMode: UsageMode;
  readonly vendor: AuthorityVendorFields;
  /** Absent: neither CRL nor OCSP. */
  readonly revocation?: RevocationSettings;
  readonly tags: readonly Tag[];
  readonly repeatable?: Repeatable;
  /** Sign its certificate in the same step: a root by itself, a subordinate by `issuer`. Absent: left pending. */
  readonly sign?: Certification;
  /** May be answered before its key is made, where that takes seconds; `creating` then. */
  readonly mayFinishLater?: true;
}

type Uses = Pick<World, 'store' | 'vault' | 'signer' | 'clock' | 'pace' | 'random' | 'publishing' | 'audit' | 'wake'>;

/**
 * A new authority with its key in the vault and its CSR; pending, or active when `sign` says who signs it. Where the key
 * takes long and the wish allows it, it is creating, and a job makes the key: what was promised survives a crash.
 *
 * Faults: `mismatch` algorithms; `invalid` key usages, validity, path length; for `sign.issuer` `not-found` and
 * `wrong-state`.
 */
export async function createAuthority(world: Uses, caller: Caller, wish: AuthorityWish): Promise<AuthorityId> {
  assertCanSign(wish.keyAlgorithm, wish.signatureAlgorithm);
  assertCertSign(wish.keyUsages);
  const now = world.clock.now();
  const exists = async (result: string) =>
    (await world.store.authorities.get(caller.account, authorityId(result))) !== undefined;
  const { earlier, repeatable } = await earlierThatExists(world, caller, wish.repeatable, now, exists);
  if (earlier !== undefined) return authorityId(earlier);

  const creating: Authority = {
    id: authorityId(world.random.uuid()),
    account: caller.account,
    region: caller.region,
    type: wish.type,
    state: { kind: 'creating', csrExtensions: wish.csrExtensions },
    subject: wish.subject,
    keyAlgorithm: wish.keyAlgorithm,
    signatureAlgorithm: wish.signatureAlgorithm,
    key: keyId(world.random.uuid()),
    csr: new Uint8Array(),
    keyUsages: wish.keyUsages,
    usageMode: wish.usageMode,
    createdAt: now,
    changedAt: now,
    vendor: wish.vendor,
    ...(wish.revocation !== undefined && { revocation: wish.revocation }),
    version: 1,
  };
  const { tags } = wish;
  const claim = claimOf(caller, repeatable, creating.id, now);
  const key = await keyFor(world, creating, wish);
  if (key === undefined) {
    const outcome = await world.store.commit('create-authority', { authority: creating, tags, claim });
    world.wake('finish-authorities');
    return outcome.claimed ? creating.id : authorityId(outcome.result);
  }
  const pending: Authority = { ...creating, state: { kind: 'pending' }, csr: await csrOf(world, creating, key) };
  return retryConflict(async () => {
    const signed = wish.sign === undefined ? undefined : await certify(world, caller, pending, wish.sign, key);
    const outcome = await world.store.commit('create-authority', {
      authority:
        signed === undefined ? pending : { ...pending, state: { kind: 'active' }, certificate: signed.certificate },
      key,
      tags,
      issued: signed?.issued,
      claim,
    });
    return outcome.claimed ? pending.id : authorityId(outcome.result);
  });
}

/** Undefined when the key is to be made later: making one of these takes seconds. */
async function keyFor(
  { vault }: Pick<World, 'vault'>,
  { account, keyAlgorithm, key }: Authority,
  { sign, mayFinishLater }: AuthorityWish,
): Promise<SealedKey | undefined> {
  const isSlow = keyAlgorithm === 'RSA-4096';
  return isSlow && mayFinishLater === true && sign === undefined
    ? vault.generateReady(account, keyAlgorithm, key)
    : vault.generate(account, keyAlgorithm, key);
}
