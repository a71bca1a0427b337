/** The rules of the lint, each with its clause; a table to scan. */
import { endOfTime } from '../../core/validity.ts';
import { readDer } from '../der/reader.ts';
import { isCanonical } from '../der/is-canonical.ts';
import { isSameOctets } from '../der/octets.ts';
import { tags } from '../der/tags.ts';
import { firstGeneralizedTime } from '../der/time.ts';
import { keyUsage } from '../extensions/key-usage.ts';
import { nameConstraints } from '../extensions/name-constraints.ts';
import { keyIdentifierOf } from '../public-key.ts';
import { isCritical, type LintView } from './lint-view.ts';

export interface LintCheck {
  readonly rule: string;
  readonly clause: string;
  readonly isKept: (view: LintView) => boolean;
}

export const checks: readonly LintCheck[] = [
  {
    rule: 'the version is 3, because there are extensions',
    clause: 'RFC 5280 §4.1.2.1',
    isKept: ({ tbs }) => tbs.version === 3,
  },
  {
    rule: 'the serial number is positive, has at most 20 octets and is of our 16-octet form',
    clause: 'RFC 5280 §4.1.2.2',
    isKept: ({ tbs: { serial } }) => /^[4-7][0-9a-f]{31}$/.test(serial),
  },
  {
    rule: 'the signature algorithm is one that we make, parameters included',
    clause: 'RFC 5280 §4.1.1.2, RFC 4055, RFC 5758',
    isKept: ({ signature }) => signature.known !== undefined,
  },
  {
    rule: "the issuer is not empty and is the issuer certificate's subject, octet by octet",
    clause: 'RFC 5280 §4.1.2.4, §7.1',
    isKept: ({ tbs, issuer }) =>
      tbs.issuer.length > 0 && isSameOctets(tbs.issuerDer, issuer?.certificate.subjectDer ?? tbs.subjectDer),
  },
  {
    rule: 'times are UTCTime through 2049 and GeneralizedTime after',
    clause: 'RFC 5280 §4.1.2.5',
    isKept: ({ tbs: { validity }, validityDer }) => {
      const second = 2 + (validityDer[1] ?? 0);
      return validityDer[0] === timeTag(validity.notBefore) && validityDer[second] === timeTag(validity.notAfter);
    },
  },
  {
    rule: 'the validity begins before it ends, and not after the issuer does',
    clause: 'RFC 5280 §4.1.2.5, §6.1.3',
    isKept: ({ tbs: { validity }, issuer }) =>
      validity.notBefore < validity.notAfter &&
      validity.notAfter <= (issuer?.certificate.validity.notAfter ?? endOfTime),
  },
  {
    rule: 'the subject of an authority is not empty',
    clause: 'RFC 5280 §4.1.2.6',
    isKept: ({ tbs, isAuthority }) => !isAuthority || tbs.subject.length > 0,
  },
  {
    rule: 'an alternative name is critical exactly when the subject is empty, and then there is one',
    clause: 'RFC 5280 §4.1.2.6, §4.2.1.6',
    isKept: (view) => {
      const critical = isCritical(view, 'subjectAltName');
      return view.tbs.subject.length > 0 ? critical !== true : critical === true;
    },
  },
  {
    rule: 'basic constraints are critical in an authority; a path length is there only with keyCertSign',
    clause: 'RFC 5280 §4.2.1.9',
    isKept: (view) => {
      if (view.isAuthority) return isCritical(view, 'basicConstraints') === true;
      return view.basicConstraints?.pathLength === undefined;
    },
  },
  {
    rule: "an authority's path length is below its issuer's",
    clause: 'RFC 5280 §4.2.1.9, §6.1.4 (m)',
    isKept: ({ isAuthority, basicConstraints, issuer }) => {
      const limit = issuer?.pathLength;
      return !isAuthority || limit === undefined || (basicConstraints?.pathLength ?? Infinity) < limit;
    },
  },
  {
    rule: 'an authority has a critical key usage with keyCertSign',
    clause: 'RFC 5280 §4.2.1.3',
    isKept: (view) =>
      !view.isAuthority || (isCritical(view, 'keyUsage') === true && view.keyUsage?.includes('keyCertSign') === true),
  },
  {
    rule: 'nobody but an authority has keyCertSign or cRLSign, and a key usage has at least one bit',
    clause: 'RFC 5280 §4.2.1.3, §4.2.1.9',
    isKept: ({ isAuthority, keyUsage }) =>
      keyUsage === undefined ||
      (keyUsage.length > 0 && (isAuthority || !(keyUsage.includes('keyCertSign') || keyUsage.includes('cRLSign')))),
  },
  {
    rule: 'the bits of a key usage end with the last one that is set',
    clause: 'X.690 §11.2.2',
    isKept: ({ extension, keyUsage: usages }) => {
      const value = extension.get(keyUsage.oid)?.value;
      return value === undefined || usages === undefined || isSameOctets(value, keyUsage.encode(usages));
    },
  },
  {
    // Named exception: keyEncipherment on EC keys. RFC 8813 §3 forbids it too, but AWS's end-entity templates have it
    // whatever the key, and clients compare.
    rule: 'an EC key has no dataEncipherment',
    clause: 'RFC 8813 §3',
    isKept: ({ tbs, keyUsage }) =>
      tbs.publicKey.parts?.kind !== 'EC' || keyUsage?.includes('dataEncipherment') !== true,
  },
  {
    rule: "the authority key identifier is the issuer's, not critical, and absent in a self-signed certificate",
    clause: 'RFC 5280 §4.2.1.1',
    isKept: (view) => {
      const found = view.authorityKeyIdentifier?.keyIdentifier;
      if (view.issuer === undefined) return view.authorityKeyIdentifier === undefined;
      return (
        found !== undefined &&
        isSameOctets(found, view.issuer.keyIdentifier) &&
        isCritical(view, 'authorityKeyIdentifier') === false
      );
    },
  },
  {
    rule: 'the subject key identifier is the SHA-1 of the key, not critical',
    clause: 'RFC 5280 §4.2.1.2',
    isKept: (view) =>
      view.subjectKeyIdentifier !== undefined &&
      isSameOctets(view.subjectKeyIdentifier, keyIdentifierOf(view.tbs.publicKey)) &&
      isCritical(view, 'subjectKeyIdentifier') === false,
  },
  {
    rule: 'the authority information access is not critical',
    clause: 'RFC 5280 §4.2.2.1',
    isKept: (view) => isCritical(view, 'authorityInformationAccess') !== true,
  },
  {
    rule: 'a self-signed certificate is an authority that points to no CRL and no OCSP responder',
    clause: 'RFC 5280 §3.2, §6.1 (d)',
    isKept: ({ issuer, isAuthority, extension }) =>
      issuer !== undefined || (isAuthority && !extension.has('2.5.29.31') && !extension.has('1.3.6.1.5.5.7.1.1')),
  },
  {
    rule: 'name constraints stand only in an authority, and critical',
    clause: 'RFC 5280 §4.2.1.10',
    isKept: (view) => {
      const critical = isCritical(view, 'nameConstraints');
      return critical === undefined || (critical && view.isAuthority && areNameConstraints(view));
    },
  },
  {
    rule: 'policy constraints and inhibit anyPolicy are critical and stand only in an authority',
    clause: 'RFC 5280 §4.2.1.11, §4.2.1.14',
    isKept: (view) =>
      (['policyConstraints', 'inhibitAnyPolicy'] as const).every((name) => {
        const critical = isCritical(view, name);
        return critical === undefined || (critical && view.isAuthority);
      }),
  },
  {
    rule: 'each extension is written in DER, its value too',
    clause: 'RFC 5280 §4.1.2.9, X.690 §11.5',
    isKept: ({ tbs: { extensions } }) =>
      extensions.every(
        ({ oid, value, writesDefault }) => writesDefault !== true && (decoded.has(oid) || isCanonical(value)),
      ),
  },
];

/** Those that the view has decoded strictly already. */
const decoded = new Set(['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.35', '2.5.29.37']);

function timeTag(at: number): number {
  return at < firstGeneralizedTime ? tags.utcTime : tags.generalizedTime;
}

/** RFC 5280 §4.2.1.10: not an empty sequence. */
function areNameConstraints({ extension }: LintView): boolean {
  const value = extension.get(nameConstraints.oid)?.value;
  if (value === undefined) return true;
  const { permitted, excluded } = nameConstraints.decode(readDer(value, 'certificate'));
  return permitted.length + excluded.length > 0;
}
