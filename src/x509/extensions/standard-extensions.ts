/**
 * The extensions of standards that a caller or a CSR may bring: how each is written, whether it is critical and who may
 * have it, so that nothing incoherent is signed. The kinds that every profile decides have files and rules of their own.
 */
import type { DerReader } from '../der/reader.ts';
import { Remembered } from '../der/remembered.ts';
import { primitiveTag } from '../der/tags.ts';
import { oids } from '../oids.ts';
import { readGeneralName } from '../names/general-name.ts';
import { authorityInformationAccess } from './authority-information-access.ts';
import { certificatePolicies } from './certificate-policies.ts';
import { crlDistributionPoints } from './crl-distribution-points.ts';
import type { Extension } from './extension.ts';
import { readDer } from '../der/reader.ts';
import { nameConstraints } from './name-constraints.ts';
import { subjectAltName } from './subject-alt-name.ts';

export interface StandardExtension {
  readonly name: string;
  readonly clause: string;
  /** `either` where the RFC leaves it to the issuer or says no more than SHOULD. */
  readonly critical: 'must' | 'must-not' | 'either';
  readonly onlyInAuthorities?: true;
  /** Reads one whole element; what it gives is of no interest. Throws Fault `malformed`. */
  read(reader: DerReader): unknown;
}

/** Undefined for an extension that no standard here describes: its value is whatever its owner says. */
export function standardExtension(oid: string): StandardExtension | undefined {
  return byOid.get(oid)?.standard;
}

/**
 * What is wrong with an extension, as the end of a sentence that begins with it; undefined when nothing is.
 * Throws Fault `malformed` for a value that does not read as its kind.
 */
export function objectionTo({ oid, critical, value }: Extension, isAuthority: boolean): string | undefined {
  const known = byOid.get(oid);
  if (known === undefined) return undefined;
  const { standard, wellFormed } = known;
  if (standard.onlyInAuthorities === true && !isAuthority) return 'stands only in certificates of authorities';
  if (standard.critical === 'must' && !critical) return 'must be critical';
  if (standard.critical === 'must-not' && critical) return 'must not be critical';
  wellFormed.get(value, (octets) => {
    const reader = readDer(octets, `${standard.name} extension`);
    standard.read(reader);
    reader.finish();
    return true;
  });
  return undefined;
}

function readNameConstraints(reader: DerReader): void {
  const { permitted, excluded } = nameConstraints.decode(reader);
  // RFC 5280 §4.2.1.10: not an empty sequence.
  if (permitted.length + excluded.length === 0) reader.fail('name constraints name nothing');
}

/** RFC 5280 §4.2.1.5: pairs of policies, none of them anyPolicy. */
function readPolicyMappings(reader: DerReader): void {
  const list = reader.sequence();
  do {
    const pair = list.sequence();
    const policies = [pair.oid(), pair.oid()];
    pair.finish();
    if (policies.includes('2.5.29.32.0')) reader.fail('anyPolicy is mapped');
  } while (!list.isAtEnd);
}

/** RFC 5280 §4.2.1.11: at least one of the two numbers. */
function readPolicyConstraints(reader: DerReader): void {
  const inner = reader.sequence();
  if (inner.isAtEnd) reader.fail('policy constraints say nothing');
  for (const number of [0, 1]) if (inner.has(primitiveTag(number))) readSkips(inner, primitiveTag(number));
  inner.finish();
}

function readSkips(reader: DerReader, tag?: number): void {
  const octets = reader.integer(tag);
  if ((octets[0] ?? 0) >= 0x80) reader.fail('a number of certificates to skip is negative');
}

/** RFC 5280 §4.2.1.8: attributes with their values. */
function readDirectoryAttributes(reader: DerReader): void {
  const list = reader.sequence();
  do {
    const attribute = list.sequence();
    attribute.oid();
    const values = attribute.set();
    do values.element();
    while (!values.isAtEnd);
    attribute.finish();
  } while (!list.isAtEnd);
}

/** RFC 7633 §3: TLS extensions by number. */
function readTlsFeatures(reader: DerReader): void {
  const list = reader.sequence();
  do list.smallInteger();
  while (!list.isAtEnd);
}

/** RFC 5280 §4.2.2.2: like the authority's. */
function readSubjectInformationAccess(reader: DerReader): void {
  const list = reader.sequence();
  do {
    const description = list.sequence();
    description.oid();
    readGeneralName(description);
    description.finish();
  } while (!list.isAtEnd);
}

// biome-ignore format: a table
const rows: readonly (readonly [oid: string, StandardExtension])[] = [
  [oids.nameConstraints,            { name: 'name constraints',              clause: 'RFC 5280 §4.2.1.10', critical: 'must',     onlyInAuthorities: true, read: readNameConstraints }],
  [oids.policyMappings,             { name: 'policy mappings',               clause: 'RFC 5280 §4.2.1.5',  critical: 'either',   onlyInAuthorities: true, read: readPolicyMappings }],
  [oids.policyConstraints,          { name: 'policy constraints',            clause: 'RFC 5280 §4.2.1.11', critical: 'must',     onlyInAuthorities: true, read: readPolicyConstraints }],
  [oids.inhibitAnyPolicy,           { name: 'inhibit anyPolicy',             clause: 'RFC 5280 §4.2.1.14', critical: 'must',     onlyInAuthorities: true, read: readSkips }],
  [oids.certificatePolicies,        { name: 'certificate policies',          clause: 'RFC 5280 §4.2.1.4',  critical: 'either',   read: (reader) => certificatePolicies.decode(reader) }],
  [oids.crlDistributionPoints,      { name: 'CRL distribution points',       clause: 'RFC 5280 §4.2.1.13', critical: 'either',   read: (reader) => crlDistributionPoints.decode(reader) }],
  ['2.5.29.46',                     { name: 'freshest CRL',                  clause: 'RFC 5280 §4.2.1.15', critical: 'must-not', read: (reader) => crlDistributionPoints.decode(reader) }],
  ['2.5.29.18',                     { name: 'issuer alternative name',       clause: 'RFC 5280 §4.2.1.7',  critical: 'either',   read: (reader) => subjectAltName.decode(reader) }],
  ['2.5.29.9',                      { name: 'subject directory attributes',  clause: 'RFC 5280 §4.2.1.8',  critical: 'must-not', read: readDirectoryAttributes }],
  [oids.authorityInformationAccess, { name: 'authority information access',  clause: 'RFC 5280 §4.2.2.1',  critical: 'must-not', read: (reader) => authorityInformationAccess.decode(reader) }],
  ['1.3.6.1.5.5.7.1.11',            { name: 'subject information access',    clause: 'RFC 5280 §4.2.2.2',  critical: 'must-not', read: readSubjectInformationAccess }],
  ['1.3.6.1.5.5.7.1.24',            { name: 'TLS feature',                   clause: 'RFC 7633 §3',        critical: 'either',   read: readTlsFeatures }],
  ['1.3.6.1.5.5.7.48.1.5',          { name: 'OCSP no check',                 clause: 'RFC 6960 §4.2.2.2.1', critical: 'either',  read: (reader) => reader.null() }],
  ['1.3.6.1.4.1.11129.2.4.3',       { name: 'precertificate poison',         clause: 'RFC 6962 §3.1',      critical: 'must',     read: (reader) => reader.null() }],
];

/** With the last values that read well: pointers to an authority are the same in all that it signs. */
const byOid = new Map(rows.map(([oid, standard]) => [oid, { standard, wellFormed: new Remembered<true>(2) }]));
