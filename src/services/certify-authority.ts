import type { Caller } from '../core/account.ts';
import { assertIssuing, type Authority, type AuthorityCertificate } from '../core/authority.ts';
import type { IssuedCertificate } from '../core/certificate.ts';
import { Fault } from '../core/fault.ts';
import type { AuthorityId } from '../core/ids.ts';
import { noPointers, type SignedCertificate } from '../core/issuance.ts';
import { assertCanSign, type SealedKey, type SignatureAlgorithm } from '../core/key.ts';
import type { KeyUsage } from '../core/profile.ts';
import { authorityProfile } from './authority-profile.ts';
import { findAuthority } from './find-authority.ts';
import { issuerOf } from './issuer-of.ts';
import { issuedRow } from './issued-row.ts';
import { type Term, termOf } from './term.ts';
import { assertUsageMode } from './usage-mode.ts';
import type { World } from './world.ts';

/** How an authority's own certificate is to be signed. */
export interface Certification {
  /** Absent for a root. */
  readonly issuer?: AuthorityId;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly term: Term;
  /** Absent: without limit. */
  readonly pathLength?: number;
  readonly keyUsages: readonly KeyUsage[];
}

/** Throws Fault `invalid` unless the usages allow signing certificates. */
export function assertCertSign(usages: readonly KeyUsage[]): void {
  if (usages.includes('keyCertSign')) return;
  throw new Fault('invalid', "an authority's key usages must include keyCertSign (RFC 5280 §4.2.1.3)", {
    what: 'key usage',
    reason: 'no-cert-sign',
  });
}

/**
 * A root signs itself and nobody else does: a self-signed subordinate would be an authority without limit.
 * Throws Fault `invalid`.
 */
function assertSignedAsItsType({ id, type }: Authority, issuer: AuthorityId | undefined): void {
  if ((type === 'root') === (issuer === undefined)) return;
  const found =
    type === 'root'
      ? 'is a root, only a subordinate is certified by another'
      : 'is a subordinate, only a root signs itself';
  throw new Fault('invalid', `authority ${id} ${found}`, { what: 'authority', id, reason: type });
}

/** What is to be stored of a signed authority: the certificate in force, and the issued row of whoever signed it. */
export interface Certified {
  readonly certificate: AuthorityCertificate;
  readonly issued: { readonly certificate: IssuedCertificate; readonly authorityVersion: number };
}

/**
 * Signs the certificate of an authority of this house: by itself, or by another of the same account.
 * `key` is given when the store does not have it yet. Nothing is stored here.
 * Faults: `invalid` unless a root signs itself or another signs a subordinate, key usages, validity, path length; for the
 * issuer `not-found` and `wrong-state`; `mismatch` algorithms.
 */
export async function certify(
  world: Pick<World, 'store' | 'signer' | 'clock' | 'pace' | 'publishing'>,
  caller: Caller,
  subject: Authority,
  certification: Certification,
  key?: SealedKey,
): Promise<Certified> {
  const now = world.clock.now();
  assertSignedAsItsType(subject, certification.issuer);
  assertCertSign(certification.keyUsages);
  const profile = {
    ...authorityProfile({
      name: certification.issuer === undefined ? 'root' : 'subordinate',
      keyUsages: certification.keyUsages,
      pathLength: certification.pathLength,
    }),
    isSelfSigned: certification.issuer === undefined,
  };
  const validity = termOf(certification.term, now);
  const { signatureAlgorithm } = certification;
  const asked = { from: 'csr', csr: subject.csr } as const;

  if (certification.issuer === undefined) {
    if (subject.key === undefined) throw new Fault('unsupported', 'the key of this authority is held elsewhere');
    assertCanSign(subject.keyAlgorithm, signatureAlgorithm);
    const request = {
      issuer: { key: subject.key, certificate: 'self' },
      subject: asked,
      profile,
      signatureAlgorithm,
      validity,
      now,
      pointers: noPointers,
    } as const;
    const signed =
      key === undefined
        ? await world.signer.issue(caller.account, request)
        : await world.signer.issueWith(caller.account, key, request);
    return {
      certificate: authorityCertificate(signed, [], certification.pathLength),
      issued: { certificate: issuedRow(caller, subject, profile, signed, now), authorityVersion: subject.version },
    };
  }

  const issuer = await findAuthority(world, caller, certification.issuer);
  assertIssuing(issuer, now);
  assertCanSign(issuer.keyAlgorithm, signatureAlgorithm);
  assertUsageMode(issuer, validity, now);
  const pointers = world.publishing.pointersOf(issuer, now);
  const signed = await world.signer.issue(caller.account, {
    issuer: issuerOf(issuer),
    subject: asked,
    profile,
    signatureAlgorithm,
    validity,
    now,
    pointers,
  });
  const chain = [issuer.certificate.der, ...issuer.certificate.chain];
  return {
    certificate: { ...authorityCertificate(signed, chain, certification.pathLength), issuer: issuer.id },
    issued: {
      certificate: issuedRow(caller, issuer, profile, signed, now, pointers),
      authorityVersion: issuer.version,
    },
  };
}

function authorityCertificate(
  signed: SignedCertificate,
  chain: readonly Uint8Array[],
  pathLength: number | undefined,
): AuthorityCertificate {
  const { der, serial, validity, subject } = signed;
  return { der, chain, serial, validity, subject, pathLength };
}
