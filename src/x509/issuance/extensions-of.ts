/** Which extensions a certificate gets: the profile's, the CSR's where the profile says so, the issuer's pointers. */
import { Fault } from '../../core/fault.ts';
import type { Pointers } from '../../core/issuance.ts';
import type { GeneralName } from '../../core/name.ts';
import { type CustomExtension, keyUsages, type Profile, type Source } from '../../core/profile.ts';
import { authorityInformationAccess } from '../extensions/authority-information-access.ts';
import { authorityKeyIdentifier } from '../extensions/authority-key-identifier.ts';
import { basicConstraints } from '../extensions/basic-constraints.ts';
import { crlDistributionPoints } from '../extensions/crl-distribution-points.ts';
import { extendedKeyUsage } from '../extensions/extended-key-usage.ts';
import { decodeExtension, type Extension, type ExtensionKind, writeExtension } from '../extensions/extension.ts';
import { keyUsage } from '../extensions/key-usage.ts';
import { nameLimit, subjectAltName } from '../extensions/subject-alt-name.ts';
import { subjectKeyIdentifier } from '../extensions/subject-key-identifier.ts';
import { assertIdentifier } from '../names/assert-identifier.ts';
import { keyIdentifierOf } from '../public-key.ts';
import { keyUsagesOf } from './authority-rules.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { Issuer } from './issuer.ts';
import type { Subject } from './subject.ts';

export interface ChosenExtensions {
  /** Whole extensions, DER, in the order in which they are written. */
  readonly encoded: readonly Uint8Array[];
  readonly subjectAltNames: readonly GeneralName[];
}

/**
 * Faults `invalid`: `no-name` without subject and alternative name; `names-not-critical`; `identifier`; `ca-key-usage`;
 * `duplicate-extension`; `pointers` on a self-signed certificate.
 */
export function extensionsOf(
  profile: Profile,
  subject: Subject,
  issuer: Issuer | undefined,
  pointers: Pointers,
): ChosenExtensions {
  const names = subjectAltNamesOf(profile, subject);
  const encoded = [
    constraintsDer(profile),
    ...(issuer === undefined ? [] : [issuer.authorityKeyIdentifierDer]),
    writeExtension(of(subjectKeyIdentifier, false, keyIdentifierOf(subject.publicKey))),
    ...keyUsageDer(profile, subject),
    ...extendedKeyUsageDer(profile, subject),
    ...(names.length === 0 ? [] : [writeExtension(of(subjectAltName, subject.name.length === 0, names))]),
    ...pointersDer(pointers, issuer),
    ...profile.customExtensions.map((custom) => customDer(custom, pointers)),
  ];
  return { encoded, subjectAltNames: names };
}

function of<Value>(kind: ExtensionKind<unknown, Value>, critical: boolean, value: Value): Extension {
  return { oid: kind.oid, critical, value: kind.encode(value) };
}

function constraintsDer({ basicConstraints: { value, critical } }: Profile): Uint8Array {
  // RFC 5280 §4.2.1.9: critical in every authority; a leaf's as the profile has it.
  const isCritical = critical || value.isAuthority;
  const key = `basic ${value.isAuthority} ${value.pathLength} ${isCritical}`;
  return encodings.get(key, () => writeExtension(of(basicConstraints, isCritical, value)));
}

function keyUsageDer(profile: Profile, { requested }: Subject): Uint8Array[] {
  const chosen = choose(profile.keyUsage, () => {
    const value = decodeExtension(requested, keyUsage, 'csr');
    return value === undefined ? undefined : { value, critical: true };
  });
  const { isAuthority } = profile.basicConstraints.value;
  const usages = keyUsagesOf(profile, chosen?.value ?? [], chosen?.from ?? 'csr');
  // RFC 5280 §4.2.1.3: at least one bit is set wherever the extension is.
  if (usages.length === 0) return [];
  const critical = isAuthority || chosen?.critical === true;
  let bits = 0;
  for (const usage of usages) bits |= 1 << keyUsages.indexOf(usage);
  return [encodings.get(`usage ${bits} ${critical}`, () => writeExtension(of(keyUsage, critical, usages)))];
}

function extendedKeyUsageDer(profile: Profile, { requested }: Subject): Uint8Array[] {
  const chosen = choose(profile.extendedKeyUsage, () => {
    const value = decodeExtension(requested, extendedKeyUsage, 'csr');
    const critical = requested.some(({ oid, critical: isCritical }) => oid === extendedKeyUsage.oid && isCritical);
    return value === undefined ? undefined : { value, critical };
  });
  if (chosen === undefined || chosen.value.length === 0) return [];
  const { value, critical } = chosen;
  return [
    encodings.get(`extended ${value.join(' ')} ${critical}`, () =>
      writeExtension(of(extendedKeyUsage, critical, value)),
    ),
  ];
}

/** RFC 5280 §4.1.2.6, §4.2.1.6: a subject, an alternative name, or both; an authority always has a subject. */
function subjectAltNamesOf(profile: Profile, { name, requested }: Subject): readonly GeneralName[] {
  const chosen = choose(profile.subjectAltName, () => {
    const value = decodeExtension(requested, subjectAltName, 'csr');
    return value === undefined ? undefined : { value, critical: false };
  });
  const names = chosen?.value ?? [];
  if (names.length > nameLimit) {
    refuse('too-many-names', `${names.length} alternative names, at most ${nameLimit} are allowed`);
  }
  for (const each of names) assertIdentifier(each);
  if (name.length > 0) return names;
  if (names.length === 0) refuse('no-name', 'neither the subject nor an alternative name says who is certified');
  if (profile.basicConstraints.value.isAuthority) refuse('no-name', 'the subject of an authority is empty');
  const isCritical = requested.some(({ oid, critical }) => oid === subjectAltName.oid && critical);
  if (profile.demandsCriticalNames === true && !isCritical) {
    refuse('names-not-critical', 'the CSR has an empty subject and an alternative name that is not critical');
  }
  return names;
}

function pointersDer({ crl, ocsp, caIssuers }: Pointers, issuer: Issuer | undefined): Uint8Array[] {
  if (crl.length + ocsp.length + caIssuers.length === 0) return [];
  if (issuer === undefined) refuse('pointers', 'a self-signed certificate points to no CRL, OCSP or issuer');
  const encoded: Uint8Array[] = [];
  if (crl.length > 0) {
    encoded.push(encodings.get(`crl ${crl.join('\n')}`, () => writeExtension(of(crlDistributionPoints, false, crl))));
  }
  if (ocsp.length + caIssuers.length > 0) {
    const key = `access ${ocsp.join('\n')} ${caIssuers.join('\n')}`;
    encoded.push(encodings.get(key, () => writeExtension(of(authorityInformationAccess, false, { ocsp, caIssuers }))));
  }
  return encoded;
}

/** The caller's own extensions may not speak of what this house decides. */
function customDer(custom: CustomExtension, { crl, ocsp, caIssuers }: Pointers): Uint8Array {
  const isTaken =
    decided.has(custom.oid) ||
    (custom.oid === crlDistributionPoints.oid && crl.length > 0) ||
    (custom.oid === authorityInformationAccess.oid && ocsp.length + caIssuers.length > 0);
  if (isTaken) refuse('duplicate-extension', `the extension ${custom.oid} is decided by the profile`);
  return writeExtension(custom);
}

const decided = new Set(
  [basicConstraints, authorityKeyIdentifier, subjectKeyIdentifier, keyUsage, extendedKeyUsage, subjectAltName].map(
    ({ oid }) => oid,
  ),
);

interface Chosen<Value> {
  readonly from: 'profile' | 'csr';
  readonly value: Value;
  readonly critical: boolean;
}

function choose<Value>(
  source: Source<Value>,
  fromCsr: () => { readonly value: Value; readonly critical: boolean } | undefined,
): Chosen<Value> | undefined {
  switch (source.from) {
    case 'none':
      return undefined;
    case 'profile':
      return source;
    case 'csr': {
      const asked = fromCsr();
      if (asked !== undefined) return { from: 'csr', ...asked };
      return source.otherwise === undefined ? undefined : { from: 'profile', ...source.otherwise };
    }
  }
}

const encodings = new BoundedCache<Uint8Array>(1024);

function refuse(reason: string, message: string): never {
  throw new Fault('invalid', message, { what: 'extension', reason });
}
