/** Certificates as values (RFC 5280 §4.1), read whole and strictly; whether to trust one is `chain.ts`. */
import { hexOf } from './der/hex.ts';
import { Fault } from '../core/fault.ts';
import type { KeyAlgorithm } from '../core/key.ts';
import type { DistinguishedName, GeneralName } from '../core/name.ts';
import type { BasicConstraints, KeyUsage } from '../core/profile.ts';
import type { Validity } from '../core/validity.ts';
import { readSignatureAlgorithm } from './algorithms/signature-algorithm.ts';
import { type DerReader, readDer } from './der/reader.ts';
import { constructedTag, primitiveTag } from './der/tags.ts';
import { isSameOctets } from './der/octets.ts';
import { basicConstraints } from './extensions/basic-constraints.ts';
import { decodeExtension, type Extension, readExtensions } from './extensions/extension.ts';
import { keyUsage } from './extensions/key-usage.ts';
import { subjectAltName } from './extensions/subject-alt-name.ts';
import { readName } from './names/read-name.ts';
import { looksLikePem, readPem, readPemBlocks } from './pem.ts';
import { type PublicKey, readPublicKey } from './public-key.ts';

/** What is signed: everything but the signature. */
export interface TbsCertificate {
  readonly version: 1 | 2 | 3;
  /** Lower-case hexadecimal of the number, two digits an octet, without leading zero octets (`00` for zero). */
  readonly serial: string;
  /** The issuer's Name, DER. */
  readonly issuerDer: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subjectDer: Uint8Array;
  readonly subject: DistinguishedName;
  readonly validity: Validity;
  /** The whole Validity, DER. */
  readonly validityDer: Uint8Array;
  readonly publicKey: PublicKey;
  readonly extensions: readonly Extension[];
  /** The AlgorithmIdentifier, DER. */
  readonly signatureAlgorithmDer: Uint8Array;
}

export interface Certificate extends TbsCertificate {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signature: Uint8Array;
  /** `SHA256-ECDSA`, `SHA1-RSA`, …, else a dotted identifier. */
  readonly signatureAlgorithm: string;
  /** Absent when the key's algorithm is none of ours. */
  readonly keyAlgorithm?: KeyAlgorithm;
  readonly subjectAltNames: readonly GeneralName[];
  /** Absent means an end entity. */
  readonly basicConstraints?: BasicConstraints;
  /** Absent means that nothing is said. */
  readonly keyUsage?: readonly KeyUsage[];
}

/** 64 KB. */
export const certificateSizeLimit = 64 * 1024;

/** Reads DER. Throws Fault `malformed` (what `certificate`). */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > certificateSizeLimit)
    fail('too-long', `it has ${der.length} octets, at most ${certificateSizeLimit} are expected`);
  const outer = readDer(der, 'certificate');
  const whole = outer.sequence();
  outer.finish();
  const tbsDer = whole.element();
  const algorithmDer = whole.element();
  const signature = whole.bitStringOctets();
  whole.finish();
  const tbs = readTbsCertificate(tbsDer);
  // RFC 5280 §4.1.1.2: the same identifier inside and outside.
  if (!isSameOctets(tbs.signatureAlgorithmDer, algorithmDer)) {
    fail('signature-algorithm', 'its two signature algorithm fields differ');
  }
  const { algorithm } = tbs.publicKey;
  const constraints = decodeExtension(tbs.extensions, basicConstraints);
  const usages = decodeExtension(tbs.extensions, keyUsage);
  return {
    ...tbs,
    der,
    tbs: tbsDer,
    signature,
    signatureAlgorithm: readSignatureAlgorithm(algorithmDer).text,
    subjectAltNames: decodeExtension(tbs.extensions, subjectAltName) ?? [],
    ...(algorithm !== undefined && { keyAlgorithm: algorithm }),
    ...(constraints !== undefined && { basicConstraints: constraints }),
    ...(usages !== undefined && { keyUsage: usages }),
  };
}

/** One certificate in PEM or DER. Throws Fault `malformed` with the reasons of `pem.ts`. */
export function readCertificatePem(text: Uint8Array | string): Certificate {
  if (typeof text !== 'string' && !looksLikePem(text)) return readCertificate(text);
  return readCertificate(readPem(text, { ...pemExpectation, what: 'certificate' }).der);
}

/** One or more certificates in PEM, in their order. Throws Fault `malformed` (what `chain` unless told). */
export function readCertificatesPem(text: Uint8Array | string, what = 'chain'): readonly Certificate[] {
  const blocks = readPemBlocks(text, { ...pemExpectation, what });
  if (blocks.length > mostCertificates) {
    throw new Fault('limit', `${what} has ${blocks.length} certificates, at most ${mostCertificates} are read`, {
      what,
      reason: 'chain-length',
    });
  }
  return blocks.map(({ der }) => readCertificate(der));
}

/** Far more than any chain; 2 MB of small ones would hold the event loop for a tenth of a second. */
const mostCertificates = 100;

/** Whether the subject is an authority that may sign certificates: CA:TRUE, and keyCertSign where usages are named. */
export function isAuthority({ basicConstraints: constraints, keyUsage: usages }: Certificate): boolean {
  return constraints?.isAuthority === true && (usages === undefined || usages.includes('keyCertSign'));
}

/** Same name as issuer and subject (RFC 5280 §3.2: self-issued). */
export function isSelfIssued({ issuerDer, subjectDer }: TbsCertificate): boolean {
  return isSameOctets(issuerDer, subjectDer);
}

/** Reads a whole TBSCertificate. Throws Fault `malformed`. */
export function readTbsCertificate(der: Uint8Array): TbsCertificate {
  const outer = readDer(der, 'certificate');
  const tbs = outer.sequence();
  outer.finish();
  const version = readVersion(tbs);
  const serial = readSerial(tbs);
  const signatureAlgorithmDer = tbs.element();
  const [issuerDer, issuer] = readNameWithDer(tbs);
  const validityDer = tbs.element();
  const validity = readValidity(readDer(validityDer, 'certificate').sequence());
  const [subjectDer, subject] = readNameWithDer(tbs);
  const publicKey = readPublicKey(tbs.element(), 'certificate');
  // RFC 5280 §4.1.2.8: unique identifiers, long obsolete, are read over.
  for (const number of [1, 2]) if (tbs.has(primitiveTag(number))) tbs.content(primitiveTag(number));
  let extensions: readonly Extension[] = [];
  if (tbs.has(constructedTag(3))) {
    // RFC 5280 §4.1.2.9: only in version 3.
    if (version !== 3) fail('version', `it is of version ${version} and has extensions, which need version 3`);
    const wrapper = tbs.explicit(3);
    extensions = readExtensions(wrapper);
    wrapper.finish();
  }
  tbs.finish();
  return {
    version,
    serial,
    issuerDer,
    issuer,
    subjectDer,
    subject,
    validity,
    validityDer,
    publicKey,
    extensions,
    signatureAlgorithmDer,
  };
}

const pemExpectation = { labels: ['CERTIFICATE', 'X509 CERTIFICATE'], explanatory: true };

/** RFC 5280 §4.1.2.1: v1 is the default and so left out. */
function readVersion(tbs: DerReader): 1 | 2 | 3 {
  if (!tbs.has(constructedTag(0))) return 1;
  const wrapper = tbs.explicit(0);
  const number = wrapper.smallInteger();
  wrapper.finish();
  if (number === 1) return 2;
  if (number === 2) return 3;
  return fail('version', `its version field is ${number}, expected 1 or 2`);
}

/** RFC 5280 §4.1.2.2: at most 20 octets. Zero is read (users SHOULD handle it), a negative number is not. */
function readSerial(tbs: DerReader): string {
  const octets = tbs.integer();
  const first = octets[0] ?? 0;
  if (first >= 0x80) fail('serial', 'its serial number is negative');
  const magnitude = first === 0 && octets.length > 1 ? octets.subarray(1) : octets;
  if (magnitude.length > 20) fail('serial', `its serial number has ${magnitude.length} octets, at most 20 are allowed`);
  return hexOf(magnitude);
}

function readNameWithDer(tbs: DerReader): [Uint8Array, DistinguishedName] {
  const start = tbs.position;
  const name = readName(tbs);
  return [tbs.bytes.subarray(start, tbs.position), name];
}

function readValidity(reader: DerReader): Validity {
  const notBefore = reader.time();
  const notAfter = reader.time();
  reader.finish();
  return { notBefore, notAfter };
}

function fail(reason: string, found: string): never {
  throw new Fault('malformed', `the certificate is not valid: ${found}`, { what: 'certificate', reason });
}
