import type { Caller } from '../core/account.ts';
import { assertIssuing, type Authority, type AuthorityVendorFields } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import { type AuthorityId, authorityId } from '../core/ids.ts';
import {
  assertCanSign,
  type KeyAlgorithm,
  keyAlgorithms,
  type SignatureAlgorithm,
  type SubjectKeyAlgorithm,
} from '../core/key.ts';
import type { KeyUsage } from '../core/profile.ts';
import { authorityProfile } from './authority-profile.ts';
import { findAuthority } from './find-authority.ts';
import { issuerOf } from './issuer-of.ts';
import { issuedRow } from './issued-row.ts';
import { retryConflict } from './retry-conflict.ts';
import { type Term, termOf } from './term.ts';
import { assertUsageMode } from './usage-mode.ts';
import type { World } from './world.ts';

/**
 * Certifies an authority whose key its owner keeps: known here by an id, in no list, and it issues nothing here.
 * Faults: those of issuing from a CSR.
 */
export async function issueIntermediate(
  world: Pick<World, 'store' | 'signer' | 'clock' | 'pace' | 'random' | 'publishing' | 'audit'>,
  caller: Caller,
  wish: {
    issuer: AuthorityId;
    csr: Uint8Array;
    signatureAlgorithm: SignatureAlgorithm;
    term: Term;
    pathLength: number;
    /** When the CSR asks for none. */
    keyUsages: readonly KeyUsage[];
    vendor: AuthorityVendorFields;
  },
): Promise<AuthorityId> {
  return retryConflict(async () => {
    const now = world.clock.now();
    const issuer = await findAuthority(world, caller, wish.issuer);
    assertIssuing(issuer, now);
    assertCanSign(issuer.keyAlgorithm, wish.signatureAlgorithm);
    const { keyUsages, pathLength, signatureAlgorithm } = wish;
    const profile = {
      ...authorityProfile({ name: 'intermediate', keyUsages, pathLength }),
      keyUsage: { from: 'csr', otherwise: { value: keyUsages, critical: true } },
    } as const;
    const validity = termOf(wish.term, now);
    assertUsageMode(issuer, validity, now);
    const pointers = world.publishing.pointersOf(issuer, now);
    const signed = await world.signer.issue(caller.account, {
      issuer: issuerOf(issuer),
      subject: { from: 'csr', csr: wish.csr },
      profile,
      signatureAlgorithm,
      validity,
      now,
      pointers,
    });
    const { der, serial, subject } = signed;
    const keyAlgorithm = authorityKey(signed.keyAlgorithm);
    const chain = [issuer.certificate.der, ...issuer.certificate.chain];
    const authority: Authority = {
      id: authorityId(world.random.uuid()),
      account: caller.account,
      region: caller.region,
      type: 'subordinate',
      state: { kind: 'active' },
      subject,
      keyAlgorithm,
      signatureAlgorithm,
      csr: wish.csr,
      keyUsages,
      usageMode: 'general',
      certificate: { der, chain, serial, validity: signed.validity, subject, issuer: issuer.id, pathLength },
      createdAt: now,
      changedAt: now,
      vendor: wish.vendor,
      version: 1,
    };
    await world.store.commit('create-authority', {
      authority,
      tags: [],
      issued: {
        certificate: issuedRow(caller, issuer, profile, signed, now, pointers),
        authorityVersion: issuer.version,
      },
    });
    await world.audit.record(caller, { verb: 'issued', what: 'authority', id: authority.id });
    return authority.id;
  });
}

/** Authorities have keys of the usual sizes only, wherever the key is held. */
function authorityKey(algorithm: SubjectKeyAlgorithm): KeyAlgorithm {
  const known = keyAlgorithms.find((one) => one === algorithm);
  if (known !== undefined) return known;
  throw new Fault('unsupported', `an authority with a ${algorithm} key, expected one of ${keyAlgorithms.join(', ')}`, {
    what: 'csr',
    reason: 'key-algorithm',
  });
}
