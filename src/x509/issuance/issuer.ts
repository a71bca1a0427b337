/** The authority that signs, as its certificate describes it: read once for each certificate. */
import { Fault } from '../../core/fault.ts';
import type { IssuanceRequest } from '../../core/issuance.ts';
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
  readonly pathLength?: number;
  readonly nameConstraints?: NameConstraints;
}

/**
 * @param signingKey SubjectPublicKeyInfo of the key that will sign
 * Faults: `mismatch` when the certificate is not of that key; `invalid` (reason `not-a-ca`) when it may not sign
 * certificates (RFC 5280 §4.2.1.3, §4.2.1.9).
 */
export function issuerOf({ key, certificate }: IssuanceRequest['issuer'], signingKey: Uint8Array): Issuer {
  if (certificate === 'self') {
    throw new Fault('invalid', 'an issuer without a certificate signs nothing but its own', {
      what: 'authority',
      reason: 'not-a-ca',
    });
  }
  let issuer = issuers.get(key);
  if (issuer === undefined || !isSameOctets(issuer.certificate.der, certificate)) {
    issuer = readIssuer(certificate.slice());
    if (issuers.size >= 256) issuers.clear();
    issuers.set(key, issuer);
  }
  if (!isSameOctets(issuer.certificate.publicKey.spki, signingKey)) {
    throw new Fault('mismatch', 'the certificate of the authority is not of the key that signs', {
      what: 'authority',
      id: key,
    });
  }
  return issuer;
}

function readIssuer(der: Uint8Array): Issuer {
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
  const pathLength = certificate.basicConstraints?.pathLength;
  const constraints = decodeExtension(extensions, nameConstraints);
  return {
    certificate,
    keyIdentifier,
    authorityKeyIdentifierDer: writeExtension({
      oid: authorityKeyIdentifier.oid,
      critical: false,
      value: authorityKeyIdentifier.encode({ keyIdentifier }),
    }),
    ...(pathLength !== undefined && { pathLength }),
    ...(constraints !== undefined && { nameConstraints: constraints }),
  };
}

const issuers = new Map<string, Issuer>();
