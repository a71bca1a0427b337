/** Which extensions a certificate gets: the profile's, the CSR's where the profile says so, the issuer's pointers. */
import { Fault } from '../../core/fault.ts';
import type { Pointers } from '../../core/issuance.ts';
import type { GeneralName } from '../../core/name.ts';
import { type CustomExtension, keyUsages, type Profile, type Source } from '../../core/profile.ts';
import { authorityInformationAccess } from '../extensions/authority-information-access.ts';
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
import { usagesForKey } from './ml-dsa-usages.ts';
import { decidedKinds, offeredExtensions } from './offered-extensions.ts';
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
  const { names, written } = subjectAltNamesOf(profile, subject);
  const offered = offeredExtensions(profile, subject.requested, pointers);
  const encoded = [
    constraintsDer(profile),
    ...(issuer === undefined ? [] : [issuer.authorityKeyIdentifierDer]),
    writeExtension(of(subjectKeyIdentifier, false, keyIdentifierOf(subject.publicKey))),
    ...keyUsageDer(profile, subject),
    ...extendedKeyUsageDer(profile, subject),
    ...(names.length === 0 ? [] : [namesDer(subject.name.length === 0, names, written)]),
    ...pointersDer(pointers, issuer, offered),
    ...profile.customExtensions.map((custom) => customDer(custom, pointers)),
    ...offered.map(writeExtension),
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

function keyUsageDer(profile: Profile, { requested, publicKey }: Subject): Uint8Array[] {
  const chosen = choose(profile.keyUsage, () => {
    const value = decodeExtension(requested, keyUsage, 'csr');
    // RFC 5280 §4.2.1.3: it SHOULD be critical; where the CSR's extensions pass, they pass as they are.
    const critical = profile.passesCsrExtensions !== true || isCriticalIn(requested, keyUsage.oid);
    return value === undefined ? undefined : { value, critical };
  });
  const { isAuthority } = profile.basicConstraints.value;
  const from = profile.keyUsage.from === 'csr' ? (chosen?.from ?? 'csr') : 'profile';
  const usages = usagesForKey(publicKey, keyUsagesOf(profile, chosen?.value ?? [], from), from);
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
    const critical = isCriticalIn(requested, extendedKeyUsage.oid);
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

function isCriticalIn(requested: readonly Extension[], kind: string): boolean {
  return requested.some(({ oid, critical }) => oid === kind && critical);
}

interface ChosenNames {
  readonly names: readonly GeneralName[];
  /** As the CSR wrote them: a directory name keeps its string types. */
  readonly written?: Uint8Array;
}

/** RFC 5280 §4.1.2.6, §4.2.1.6: a subject, an alternative name, or both; an authority always has a subject. */
function subjectAltNamesOf(profile: Profile, { name, requested }: Subject): ChosenNames {
  const asked = requested.find(({ oid }) => oid === subjectAltName.oid);
  const chosen = choose(profile.subjectAltName, () => {
    const value = decodeExtension(requested, subjectAltName, 'csr');
    return value === undefined ? undefined : { value, critical: false };
  });
  const names = chosen?.value ?? [];
  const found = chosen?.from === 'csr' && asked !== undefined ? { names, written: asked.value } : { names };
  if (names.length > nameLimit) {
    refuse('too-many-names', `${names.length} alternative names, at most ${nameLimit} are allowed`);
  }
  for (const each of names) assertIdentifier(each);
  if (name.length > 0) return found;
  if (names.length === 0) refuse('no-name', 'neither the subject nor an alternative name says who is certified');
  if (profile.basicConstraints.value.isAuthority) refuse('no-name', 'the subject of an authority is empty');
  if (profile.demandsCriticalNames === true && chosen?.from === 'csr' && asked?.critical !== true) {
    refuse('names-not-critical', 'the CSR has an empty subject and an alternative name that is not critical');
  }
  return found;
}

function namesDer(critical: boolean, names: readonly GeneralName[], written: Uint8Array | undefined): Uint8Array {
  return writeExtension({ oid: subjectAltName.oid, critical, value: written ?? subjectAltName.encode(names) });
}

function pointersDer(
  { crl, ocsp, caIssuers }: Pointers,
  issuer: Issuer | undefined,
  offered: readonly CustomExtension[],
): Uint8Array[] {
  if (crl.length + ocsp.length + caIssuers.length === 0) return [];
  if (issuer === undefined) refuse('pointers', 'a self-signed certificate points to no CRL, OCSP or issuer');
  const encoded: Uint8Array[] = [];
  if (crl.length > 0) {
    encoded.push(encodings.get(`crl ${crl.join('\n')}`, () => writeExtension(of(crlDistributionPoints, false, crl))));
  }
  const isReplaced = offered.some(({ oid }) => oid === authorityInformationAccess.oid);
  if (ocsp.length + caIssuers.length > 0 && !isReplaced) {
    const key = `access ${ocsp.join('\n')} ${caIssuers.join('\n')}`;
    encoded.push(encodings.get(key, () => writeExtension(of(authorityInformationAccess, false, { ocsp, caIssuers }))));
  }
  return encoded;
}

/** The caller's own extensions may not speak of what this house decides. */
function customDer(custom: CustomExtension, { crl, ocsp, caIssuers }: Pointers): Uint8Array {
  const isTaken =
    decidedKinds.has(custom.oid) ||
    (custom.oid === crlDistributionPoints.oid && crl.length > 0) ||
    (custom.oid === authorityInformationAccess.oid && ocsp.length + caIssuers.length > 0);
  if (isTaken) refuse('duplicate-extension', `the extension ${custom.oid} is decided by the profile`);
  return writeExtension(custom);
}

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
