/** Chains of certificates, for imports: order, signatures, authority rules (RFC 5280 §6.1, without policies). */
import { Fault } from '../core/fault.ts';
import type { EpochMs } from '../core/ids.ts';
import { isSignedBy } from './algorithms/signature.ts';
import { type Certificate, isSelfIssued } from './certificate.ts';
import { isSameOctets } from './der/octets.ts';
import { decodeExtension } from './extensions/extension.ts';
import { nameConstraints } from './extensions/name-constraints.ts';
import { assertNameConstraints, mostComparisons } from './names/assert-name-constraints.ts';
import { oids } from './oids.ts';
import { keyObjectOf } from './public-key.ts';

export interface ChainExpectation {
  /** Every certificate must be valid at this moment; not checked when absent. */
  readonly at?: EpochMs;
  /** The path must end in a self-signed certificate. */
  readonly endsInRoot: boolean;
  /** `given` (the default): each is followed by its issuer; `any`: what follows the first is put into that order. */
  readonly order?: 'given' | 'any';
  /** The first certificate is an authority's too, and counts against the path lengths above it. */
  readonly isAuthority?: boolean;
  /** The extensions that may be critical, by their identifiers; those that we understand unless given. */
  readonly mayBeCritical?: ReadonlySet<string>;
}

/** Longer than any real chain. */
const chainLimit = 20;

/**
 * Checks a certificate and the chain above it.
 * @param given the certificate, then its chain: issuer first, root last
 * @returns the same, in order
 * Faults (what `chain`): `invalid` with reason `chain-order` (one does not name the next as its issuer, or stands
 * apart), `chain-signature`, `not-a-ca`, `path-length`, `unknown-critical`, `name-constraints`, `chain-incomplete`,
 * `expired`, `not-yet-valid`; `limit` with reason `chain-length`; `unsupported` with reason `signature-algorithm`.
 */
export function verifyChain(given: readonly Certificate[], expected: ChainExpectation): readonly Certificate[] {
  if (given.length > chainLimit) {
    throw new Fault('limit', `the chain has ${given.length} certificates, at most ${chainLimit} are allowed`, {
      what: 'chain',
      reason: 'chain-length',
    });
  }
  const path = expected.order === 'any' ? sorted(given) : given;
  path.forEach((subject, i) => {
    const issuer = path[i + 1];
    if (issuer !== undefined) assertIssued(subject, issuer, i);
  });
  assertTop(path, expected);
  assertComparable(path);
  path.forEach((each, i) => {
    assertKnownCritical(each, i, expected.mayBeCritical ?? understood);
    if (expected.at !== undefined) assertInTime(each, i, expected.at);
    if (i > 0) assertAuthority(each, i, path, expected);
  });
  return path;
}

function assertTop(path: readonly Certificate[], { endsInRoot }: ChainExpectation): void {
  const top = path.at(-1);
  if (top !== undefined && isSelfIssued(top)) {
    // A self-issued certificate of a new key is signed by the old one (RFC 4210 §4.4): no root, but not broken.
    if (isIssuedByKeyOf(top, top)) return;
    if (endsInRoot)
      refuse('chain-signature', `the signature of ${place(path.length - 1)} does not verify with its key`);
    return;
  }
  if (endsInRoot) refuse('chain-incomplete', 'it does not end in a self-signed certificate');
}

/** Issuer and subject have one name and the key is its own. */
export function isSelfSigned(certificate: Certificate): boolean {
  return isSelfIssued(certificate) && isIssuedByKeyOf(certificate, certificate);
}

/** Puts the certificates above the first into order; Fault `chain-order` when one stands apart. */
function sorted(given: readonly Certificate[]): readonly Certificate[] {
  const [certificate] = given;
  if (certificate === undefined) return [];
  const left = given.filter((each) => !isSameOctets(each.der, certificate.der));
  const ordered = [certificate];
  let subject = certificate;
  while (left.length > 0) {
    const candidates = left.filter(({ subjectDer }) => isSameOctets(subjectDer, subject.issuerDer));
    // Two certificates of one name (a renewed or cross-signed authority): the one whose key signed.
    const next = candidates.length < 2 ? candidates[0] : candidates.find((each) => isIssuedByKeyOf(subject, each));
    if (next === undefined) return refuse('chain-order', 'a certificate in it is not the issuer of any other');
    left.splice(left.indexOf(next), 1);
    ordered.push(next);
    subject = next;
  }
  return ordered;
}

function assertIssued(subject: Certificate, issuer: Certificate, i: number): void {
  if (!isSameOctets(subject.issuerDer, issuer.subjectDer)) {
    refuse('chain-order', `${place(i + 1)} is not the issuer that ${place(i)} names`);
  }
  assertSignature(subject, issuer, i);
}

function assertSignature(subject: Certificate, issuer: Certificate, i: number): void {
  if (!isIssuedByKeyOf(subject, issuer)) {
    refuse('chain-signature', `the signature of ${place(i)} does not verify with its issuer's key`);
  }
}

function isIssuedByKeyOf(subject: Certificate, issuer: Certificate): boolean {
  return isSignedBy(subject.signatureAlgorithm, keyObjectOf(issuer.publicKey), subject.tbs, subject.signature);
}

/** RFC 5280 §6.1.4 (k) to (n) and the names below (b), (c). */
function assertAuthority(
  authority: Certificate,
  i: number,
  path: readonly Certificate[],
  { isAuthority = false }: ChainExpectation,
): void {
  const { basicConstraints, keyUsage } = authority;
  if (basicConstraints?.isAuthority !== true) refuse('not-a-ca', `${place(i)} has no CA:TRUE`);
  if (keyUsage !== undefined && !keyUsage.includes('keyCertSign')) refuse('not-a-ca', `${place(i)} has no keyCertSign`);
  const below = path.slice(0, i);
  // Self-issued authorities do not count, nor does the certificate that the path is for (§4.2.1.9).
  const count = below.slice(isAuthority ? 0 : 1).filter((each) => !isSelfIssued(each)).length;
  const limit = basicConstraints?.pathLength;
  if (limit !== undefined && count > limit) {
    refuse('path-length', `${place(i)} allows ${limit} authorities below it, there are ${count}`);
  }
  const constraints = decodeExtension(authority.extensions, nameConstraints);
  if (constraints === undefined) return;
  below.forEach((each, k) => {
    if (k === 0 || !isSelfIssued(each)) assertNameConstraints(constraints, each.subject, each.subjectAltNames);
  });
}

/** Before any name is compared: twenty authorities with a thousand constraints each would take minutes. */
function assertComparable(path: readonly Certificate[]): void {
  let names = 0;
  let comparisons = 0;
  for (const { extensions, subjectAltNames } of path) {
    const constraints = decodeExtension(extensions, nameConstraints);
    if (constraints !== undefined) comparisons += names * (constraints.permitted.length + constraints.excluded.length);
    names += subjectAltNames.length + 1;
  }
  if (comparisons > mostComparisons) {
    refuse('name-constraints', `its names and name constraints make ${comparisons} comparisons`);
  }
}

/** RFC 5280 §4.2: a critical extension that is not understood makes a certificate unusable. */
function assertKnownCritical({ extensions }: Certificate, i: number, known: ReadonlySet<string>): void {
  const unknown = extensions.find(({ oid, critical }) => critical && !known.has(oid));
  if (unknown !== undefined)
    refuse('unknown-critical', `${place(i)} has the unknown critical extension ${unknown.oid}`);
}

const understood = new Set<string>([
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectAltName,
  oids.nameConstraints,
  oids.crlDistributionPoints,
  oids.certificatePolicies,
  oids.policyMappings,
  oids.policyConstraints,
  oids.inhibitAnyPolicy,
]);

function assertInTime({ validity: { notBefore, notAfter } }: Certificate, i: number, at: EpochMs): void {
  if (at > notAfter) refuse('expired', `${place(i)} ended at ${new Date(notAfter).toISOString()}`);
  if (at < notBefore) refuse('not-yet-valid', `${place(i)} begins only at ${new Date(notBefore).toISOString()}`);
}

function place(i: number): string {
  return i === 0 ? 'the certificate' : `certificate ${i} of the chain`;
}

function refuse(reason: string, found: string): never {
  throw new Fault('invalid', `the chain is not acceptable: ${found}`, { what: 'chain', reason });
}
