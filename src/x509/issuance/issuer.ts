/** The authority that signs, as its certificate describes it: read once for each certificate. */
import { Fault } from '../../core/fault.ts';
import type { IssuanceRequest, LimitingCertificate } from '../../core/issuance.ts';
import { type Certificate, isAuthority, readCertificate } from '../certificate.ts';
import { authorityKeyIdentifier } from '../extensions/authority-key-identifier.ts';
import { isSameOctets } from '../der/octets.ts';
import { decodeExtension, writeExtension } from '../extensions/extension.ts';
import { type NameConstraints, nameConstraints } from '../extensions/name-constraints.ts';
import { subjectKeyIdentifier } from '../extensions/subject-key-identifier.ts';
import { keyIdentifierOf } from '../public-key.ts';

export interface Issuer {
  readonly certificate: Certificate;
  /** What the authority key identifier of everything below says. */
  readonly keyIdentifier: Uint8Array;
  /** The whole authority key identifier extension, DER. */
  readonly authorityKeyIdentifierDer: Uint8Array;
  /** The smallest that the issuer and those above it leave; absent when none says. */
  readonly pathLength?: number;
  /** Of the issuer and of those above it: a name must meet them all (RFC 5280 §6.1.4 (g)). */
  readonly nameConstraints: readonly NameConstraints[];
}

/**
 * @param signingKey SubjectPublicKeyInfo of the key that will sign
 * Faults: `mismatch` when the certificate is not of that key; `invalid` (reason `not-a-ca`) when it may not sign
 * certificates (RFC 5280 §4.2.1.3, §4.2.1.9).
 */
export function issuerOf({ key, certificate, above = [] }: IssuanceRequest['issuer'], signingKey: Uint8Array): Issuer {
  if (certificate === 'self') {
    throw new Fault('invalid', 'an issuer without a certificate signs nothing but its own', {
      what: 'authority',
      reason: 'not-a-ca',
    });
  }
  let known = issuers.get(key);
  if (known === undefined || !isSameOctets(known.issuer.certificate.der, certificate) || !areSame(known.above, above)) {
    known = { issuer: readIssuer(certificate.slice(), above), above };
    if (issuers.size >= 256) issuers.clear();
    issuers.set(key, known);
  }
  const { issuer } = known;
  if (!isSameOctets(issuer.certificate.publicKey.spki, signingKey)) {
    throw new Fault('mismatch', 'the certificate of the authority is not of the key that signs', {
      what: 'authority',
      id: key,
    });
  }
  return issuer;
}

function readIssuer(der: Uint8Array, above: readonly LimitingCertificate[]): Issuer {
  const certificate = readCertificate(der);
  if (!isAuthority(certificate)) {
    throw new Fault('invalid', 'the issuer is no authority: its certificate has no CA:TRUE or no keyCertSign', {
      what: 'authority',
      reason: 'not-a-ca',
    });
  }
  const { extensions, publicKey } = certificate;
  // RFC 5280 §4.2.1.1: the issuer's own subject key identifier; derived when it has none.
  const keyIdentifier = decodeExtension(extensions, subjectKeyIdentifier) ?? keyIdentifierOf(publicKey);
  const limits = [
    { certificate, distance: 0 },
    ...above.map((one) => ({ ...one, certificate: readCertificate(one.certificate) })),
  ];
  const pathLength = Math.min(...limits.map(pathLengthLeft));
  return {
    certificate,
    keyIdentifier,
    authorityKeyIdentifierDer: writeExtension({
      oid: authorityKeyIdentifier.oid,
      critical: false,
      value: authorityKeyIdentifier.encode({ keyIdentifier }),
    }),
    ...(Number.isFinite(pathLength) && { pathLength }),
    nameConstraints: limits.flatMap((one) => decodeExtension(one.certificate.extensions, nameConstraints) ?? []),
  };
}

/** What a certificate's path length leaves below an issuer that stands `distance` below it (RFC 5280 §4.2.1.9). */
function pathLengthLeft({ certificate, distance }: { certificate: Certificate; distance: number }): number {
  const limit = certificate.basicConstraints?.pathLength;
  return limit === undefined ? Infinity : Math.max(0, limit - distance);
}

function areSame(one: readonly LimitingCertificate[], other: readonly LimitingCertificate[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ certificate }, at) => isSameOctets(certificate, other[at]?.certificate ?? none))
  );
}

const none = new Uint8Array();
const issuers = new Map<string, { readonly issuer: Issuer; readonly above: readonly LimitingCertificate[] }>();
