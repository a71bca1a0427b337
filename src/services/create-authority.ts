import type { Caller } from '../core/account.ts';
import type { Authority, AuthorityType, AuthorityVendorFields, UsageMode } from '../core/authority.ts';
import { type AuthorityId, authorityId } from '../core/ids.ts';
import { assertCanSign, type KeyAlgorithm, type SignatureAlgorithm } from '../core/key.ts';
import type { DistinguishedName } from '../core/name.ts';
import type { CustomExtension, KeyUsage } from '../core/profile.ts';
import type { Tag } from '../core/tag.ts';
import { authorityProfile } from './authority-profile.ts';
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
  readonly tags: readonly Tag[];
  readonly repeatable?: Repeatable;
  /** Sign its certificate in the same step: a root by itself, a subordinate by `issuer`. Absent: left pending. */
  readonly sign?: Certification;
}

type Uses = Pick<World, 'store' | 'vault' | 'signer' | 'clock' | 'pace' | 'random' | 'publishing' | 'audit'>;

/**
 * A new authority with its key in the vault and its CSR; pending, or active when `sign` says who signs it.
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

  const key = await world.vault.generate(caller.account, wish.keyAlgorithm);
  const csr = await world.signer.signCsr(
    caller.account,
    {
      key: key.id,
      publicKey: key.publicKey,
      subject: wish.subject,
      signatureAlgorithm: wish.signatureAlgorithm,
      profile: authorityProfile({ name: 'csr', keyUsages: wish.keyUsages, customExtensions: wish.csrExtensions }),
    },
    key,
  );
  const pending: Authority = {
    id: authorityId(world.random.uuid()),
    account: caller.account,
    region: caller.region,
    type: wish.type,
    state: { kind: 'pending' },
    subject: wish.subject,
    keyAlgorithm: wish.keyAlgorithm,
    signatureAlgorithm: wish.signatureAlgorithm,
    key: key.id,
    csr,
    keyUsages: wish.keyUsages,
    usageMode: wish.usageMode,
    createdAt: now,
    changedAt: now,
    vendor: wish.vendor,
    version: 1,
  };
  return retryConflict(async () => {
    const signed = wish.sign === undefined ? undefined : await certify(world, caller, pending, wish.sign, key);
    const outcome = await world.store.commit('create-authority', {
      authority:
        signed === undefined ? pending : { ...pending, state: { kind: 'active' }, certificate: signed.certificate },
      key,
      tags: wish.tags,
      issued: signed?.issued,
      claim: claimOf(caller, repeatable, pending.id, now),
    });
    return outcome.claimed ? pending.id : authorityId(outcome.result);
  });
}
