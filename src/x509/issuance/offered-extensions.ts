/** Extensions that are offered, by the caller and by the CSR: each kind from the first that has it. */
import type { Pointers } from '../../core/issuance.ts';
import type { CustomExtension, Profile } from '../../core/profile.ts';
import type { Extension } from '../extensions/extension.ts';
import { oids } from '../oids.ts';

/**
 * What every profile decides, with a value or by leaving it out; nobody's extension stands in its place. Nor in its
 * place in the first X.509v3 drafts: Windows still knows those identifiers (szOID_BASIC_CONSTRAINTS and its like), and
 * a name in one would be looked at by no name constraint.
 */
export const decidedKinds: ReadonlySet<string> = new Set([
  oids.basicConstraints,
  oids.authorityKeyIdentifier,
  oids.subjectKeyIdentifier,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectAltName,
  '2.5.29.1', // authority key identifier
  '2.5.29.2', // key attributes
  '2.5.29.4', // key usage restriction
  '2.5.29.7', // subject alternative name
  '2.5.29.10', // basic constraints
]);

/**
 * What is left of the offers: profile > pointers > caller > CSR. A pointer to the issuer's certificate alone gives way
 * to an offered authority information access, because no revocation depends on it; OCSP does not.
 */
export function offeredExtensions(
  { offeredExtensions: offers = none, passesCsrExtensions, isSelfSigned, customExtensions }: Profile,
  requested: readonly Extension[],
  { crl, ocsp }: Pointers,
): readonly CustomExtension[] {
  if (offers.length === 0 && passesCsrExtensions !== true) return none;
  const taken = new Set(customExtensions.map(({ oid }) => oid));
  if (crl.length > 0) taken.add(oids.crlDistributionPoints);
  if (ocsp.length > 0) taken.add(oids.authorityInformationAccess);
  const chosen: CustomExtension[] = [];
  const offer = ({ oid, critical, value }: CustomExtension) => {
    // A self-signed certificate may name its own key (RFC 5280 §4.2.1.1); the lint checks that it is its own.
    const isDecided = decidedKinds.has(oid) && !(isSelfSigned && oid === oids.authorityKeyIdentifier);
    if (isDecided || taken.has(oid)) return;
    taken.add(oid);
    chosen.push({ oid, critical, value });
  };
  for (const extension of offers) offer(extension);
  if (passesCsrExtensions === true) for (const extension of requested) offer(extension);
  return chosen;
}

const none: readonly CustomExtension[] = [];
