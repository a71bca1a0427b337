/** Certificate signing requests (PKCS#10, RFC 2986): read once, with proof of possession, then trusted. */
import { Fault } from '../core/fault.ts';
import type { DistinguishedName } from '../core/name.ts';
import { type ImportedKey, isSignedBy } from './algorithms/signature.ts';
import { readSignatureAlgorithm } from './algorithms/signature-algorithm.ts';
import { type DerReader, readDer } from './der/reader.ts';
import { constructedTag } from './der/tags.ts';
import { type Extension, readExtensions } from './extensions/extension.ts';
import { readName } from './names/read-name.ts';
import { oids } from './oids.ts';
import { looksLikePem, readPem } from './pem.ts';
import { keyObjectOf, type PublicKey, readPublicKey } from './public-key.ts';
import type { PublicKeyParts } from './weak-keys/index.ts';

/** Whoever made it holds the private key: the signature has been checked. */
export interface Csr {
  readonly der: Uint8Array;
  /** The subject's Name as written, DER. */
  readonly subjectDer: Uint8Array;
  readonly subject: DistinguishedName;
  readonly publicKey: PublicKey;
  /** Of the extension request; whether any of them counts is the profile's to say. */
  readonly extensions: readonly Extension[];
  /** As people call it: `SHA256-ECDSA`. */
  readonly signatureAlgorithm: string;
}

/** 64 KB. */
export const csrSizeLimit = 64 * 1024;

/**
 * Reads DER or PEM and checks the signature with the key inside.
 * Faults (what `csr`): `malformed` (reasons of `pem.ts`, `der`, `too-long`, `version`, `public-key`,
 * `duplicate-extension`); `invalid` with reason `signature`; `unsupported` with reason `signature-algorithm`.
 */
export function readCsr(octets: Uint8Array): Csr {
  if (octets.length > csrSizeLimit) {
    fail('malformed', 'too-long', `it has ${octets.length} octets, at most ${csrSizeLimit} are expected`);
  }
  const der = looksLikePem(octets) ? readPem(octets, pemExpectation).der : octets;
  const outer = readDer(der, 'csr');
  const whole = outer.sequence();
  outer.finish();
  const start = whole.position;
  const info = whole.sequence();
  const signed = der.subarray(start, whole.position);
  const signatureAlgorithm = readSignatureAlgorithm(whole.element(), 'csr').text;
  const signature = whole.bitStringOctets();
  whole.finish();
  const content = readInfo(info);
  assertAffordable(content.publicKey);
  assertPossession(content.publicKey, signatureAlgorithm, signed, signature);
  return { der, ...content, signatureAlgorithm };
}

/** RFC 7468 §2 allows text before the block; `openssl req -text` and many tools write it. */
const pemExpectation = {
  labels: ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'],
  what: 'csr',
  limit: csrSizeLimit,
  explanatory: true,
};

function readInfo(info: DerReader): Omit<Csr, 'der' | 'signatureAlgorithm'> {
  const version = info.smallInteger();
  if (version !== 0) fail('malformed', 'version', `its version field is ${version}, expected 0`);
  const start = info.position;
  const subject = readName(info);
  const subjectDer = info.bytes.subarray(start, info.position);
  const publicKey = readPublicKey(info.element(), 'csr');
  // Some tools leave the attributes out altogether instead of writing an empty set.
  const extensions = info.has(constructedTag(0)) ? readAttributes(info.enter(constructedTag(0))) : [];
  info.finish();
  return { subjectDer, subject, publicKey, extensions };
}

/** RFC 2986 §3: the signature is made with the private key whose public key is inside. */
function assertPossession(publicKey: PublicKey, algorithm: string, signed: Uint8Array, signature: Uint8Array): void {
  const { parts, spki } = publicKey;
  if (parts !== undefined) {
    const key = Buffer.from(spki.buffer, spki.byteOffset, spki.length);
    if (
      isSignedBy(algorithm, { key, format: 'der', type: 'spki', keyType: keyTypeOf(parts) }, signed, signature, 'csr')
    )
      return;
  }
  // Not yet: either the key is none (the import says so, for example a point off its curve) or the signature is wrong.
  if (isSignedBy(algorithm, keyObjectOf(publicKey), signed, signature, 'csr')) return;
  fail('invalid', 'signature', 'its signature does not verify with the public key inside');
}

/** In node:crypto's words. */
function keyTypeOf(parts: PublicKeyParts): ImportedKey['keyType'] {
  if (parts.kind === 'ML-DSA') return mlDsaKeyTypes[parts.parameterSet];
  return parts.kind === 'RSA' ? 'rsa' : 'ec';
}

const mlDsaKeyTypes = { 'ML-DSA-44': 'ml-dsa-44', 'ML-DSA-65': 'ml-dsa-65', 'ML-DSA-87': 'ml-dsa-87' } as const;

/** A hostile RSA key must not buy CPU time before anything is known of it (compare Go's CVE-2023-29409). */
function assertAffordable({ parts, text }: PublicKey): void {
  if (parts?.kind !== 'RSA' || (parts.modulus.length <= 1024 && parts.exponent.length <= 32)) return;
  throw new Fault('invalid', `the CSR has an ${text} key, at most 8192 bits and an exponent below 2^256 are allowed`, {
    what: 'csr',
    reason: 'weak-key',
  });
}

/** Only the extension request counts (RFC 2985 §5.4.2); other attributes are read over. */
function readAttributes(attributes: DerReader): readonly Extension[] {
  let extensions: readonly Extension[] | undefined;
  for (let count = 0; !attributes.isAtEnd; count++) {
    if (count >= 32) fail('malformed', 'der', 'it has more than 32 attributes');
    const attribute = attributes.sequence();
    const type = attribute.oid();
    const values = attribute.set();
    attribute.finish();
    if (type !== oids.extensionRequest) continue;
    if (extensions !== undefined) fail('malformed', 'duplicate-extension', 'it has two extension requests');
    extensions = readExtensionRequest(values);
  }
  return extensions ?? [];
}

/** A single value; an empty Extensions, which some tools write, asks for nothing. */
function readExtensionRequest(values: DerReader): readonly Extension[] {
  const isEmpty = values.remaining === 2 && values.bytes[values.position + 1] === 0;
  if (isEmpty) {
    values.sequence().finish();
    return [];
  }
  const extensions = readExtensions(values);
  values.finish();
  return extensions;
}

function fail(kind: 'malformed' | 'invalid', reason: string, found: string): never {
  throw new Fault(kind, `the CSR is not acceptable: ${found}`, { what: 'csr', reason });
}
