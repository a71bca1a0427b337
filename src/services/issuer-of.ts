import type { AuthorityCertificate, IssuingAuthority } from '../core/authority.ts';
import type { IssuanceRequest, LimitingCertificate } from '../core/issuance.ts';
import { readCertificate } from '../x509/certificate.ts';
import { nameConstraints } from '../x509/extensions/name-constraints.ts';

/**
 * An authority as the signer is told of it: its key, its certificate, and those above it that limit what may stand
 * below: what they forbid would be refused by every relying party (RFC 5280 §6.1).
 */
export function issuerOf({ id, version, key, certificate }: IssuingAuthority): IssuanceRequest['issuer'] {
  const name = `${id}/${version}`;
  let issuer = known.get(name);
  if (issuer === undefined) {
    const above = limitsAbove(certificate);
    issuer = above.length === 0 ? { key, certificate: certificate.der } : { key, certificate: certificate.der, above };
    if (known.size >= knownLimit) known.clear();
    known.set(name, issuer);
  }
  return issuer;
}

/** All of it changes only with the authority's version; one object, so that a message of many requests carries it once. */
const known = new Map<string, IssuanceRequest['issuer']>();
const knownLimit = 1000;

function limitsAbove({ chain }: AuthorityCertificate): readonly LimitingCertificate[] {
  return chain.flatMap((certificate, at) => {
    const { basicConstraints, extensions } = readCertificate(certificate);
    const limits =
      basicConstraints?.pathLength !== undefined || extensions.some(({ oid }) => oid === nameConstraints.oid);
    return limits ? [{ certificate, distance: at + 1 }] : [];
  });
}
