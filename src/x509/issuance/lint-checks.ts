/** The rules of the lint, each with its clause; a table to scan. */
import { endOfTime } from '../../core/validity.ts';
import { isCanonical } from '../der/is-canonical.ts';
import { isSameOctets } from '../der/octets.ts';
import { Remembered } from '../der/remembered.ts';
import { tags } from '../der/tags.ts';
import { firstGeneralizedTime } from '../der/time.ts';
import { keyUsage } from '../extensions/key-usage.ts';
import { objectionTo } from '../extensions/standard-extensions.ts';
import { keyIdentifierOf } from '../public-key.ts';
import { extensionOf, isCritical, type LintView } from './lint-view.ts';
import { mayOfMlDsa } from './ml-dsa-usages.ts';

export interface LintCheck {
  readonly rule: string;
  readonly clause: string;
  readonly isKept: (view: LintView) => boolean;
  /** What breaks it, where the rule alone does not tell a caller what to change. */
  readonly found?: (view: LintView) => string;
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
    isKept: ({ tbs: { validity, validityDer } }) => {
      const second = 4 + (validityDer[3] ?? 0); // behind the header of the sequence and the first time
      return validityDer[2] === timeTag(validity.notBefore) && validityDer[second] === timeTag(validity.notAfter);
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
    isKept: (view) => {
      const value = extensionOf(view, keyUsage.oid)?.value;
      return value === undefined || view.keyUsage === undefined || isSameOctets(value, keyUsage.encode(view.keyUsage));
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
    rule: 'the key usage of an ML-DSA key speaks of signatures only',
    clause: 'RFC 9881 §5',
    isKept: ({ tbs, keyUsage }) => tbs.publicKey.parts?.kind !== 'ML-DSA' || (keyUsage ?? []).every(mayOfMlDsa),
  },
  {
    rule: "the authority key identifier is the issuer's, not critical; a self-signed certificate has its own or none",
    clause: 'RFC 5280 §4.2.1.1',
    isKept: (view) => {
      if (view.issuer === undefined && view.authorityKeyIdentifier === undefined) return true;
      const found = view.authorityKeyIdentifier?.keyIdentifier;
      const expected = view.issuer?.keyIdentifier ?? view.subjectKeyIdentifier;
      return (
        found !== undefined &&
        expected !== undefined &&
        isSameOctets(found, expected) &&
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
    rule: 'a self-signed certificate is an authority that points to no CRL and no OCSP responder',
    clause: 'RFC 5280 §3.2, §6.1 (d)',
    isKept: (view) =>
      view.issuer !== undefined ||
      (view.isAuthority &&
        isCritical(view, 'crlDistributionPoints') === undefined &&
        isCritical(view, 'authorityInformationAccess') === undefined),
  },
  {
    rule: 'each extension of a standard reads as its kind, is critical as it must be, and stands where it may',
    clause: 'RFC 5280 §4.2',
    isKept: ({ tbs: { extensions }, isAuthority }) =>
      extensions.every((extension) => objectionTo(extension, isAuthority) === undefined),
    found: ({ tbs: { extensions }, isAuthority }) =>
      extensions
        .map((extension) => ({ oid: extension.oid, objection: objectionTo(extension, isAuthority) }))
        .filter(({ objection }) => objection !== undefined)
        .map(({ oid, objection }) => `the extension ${oid} ${objection}`)
        .join(', '),
  },
  {
    // What a private extension holds is its owner's: some hold bare text.
    rule: 'each extension is written in DER, the value of one that a standard describes too',
    clause: 'RFC 5280 §4.1.2.9, X.690 §11.5',
    isKept: ({ tbs: { extensions }, names = [] }) => {
      const hasOtherNames = names.some(({ kind }) => holdsAnything.has(kind));
      return extensions.every(
        ({ oid, value, writesDefault }) =>
          writesDefault !== true &&
          ((decoded.has(oid) && !(hasOtherNames && oid === '2.5.29.17')) ||
            !standardArcs.test(oid) ||
            canonical.get(value, isCanonical)),
      );
    },
  },
];

/** The pointers to an authority are the same in all that it signs. */
const canonical = new Remembered<boolean>(4);

/** Those that the view has decoded strictly already. */
const decoded = new Set(['2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.35', '2.5.29.37']);

/** Names that may hold values of any type, which reading them does not look into. */
const holdsAnything: ReadonlySet<string> = new Set(['other', 'opaque', 'directory']);

/** X.509's own, and those of PKIX. */
const standardArcs = /^(?:2\.5\.29|1\.3\.6\.1\.5\.5\.7)\./;

function timeTag(at: number): number {
  return at < firstGeneralizedTime ? tags.utcTime : tags.generalizedTime;
}
