/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7): what a public key is, without trusting that it is a good one. */
import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import { type KeyAlgorithm, keyAlgorithms, type MlDsaAlgorithm } from '../core/key.ts';
import { type DerReader, readDer } from './der/reader.ts';
import { Remembered } from './der/remembered.ts';
import { oids } from './oids.ts';
import type { PublicKeyParts } from './weak-keys/index.ts';

export interface PublicKey {
  /** The whole element, DER. */
  readonly spki: Uint8Array;
  /** The octets of subjectPublicKey: what key identifiers hash. */
  readonly bits: Uint8Array;
  /** Absent when it is none of ours. */
  readonly algorithm?: KeyAlgorithm;
  /** `RSA-2048`, `RSA-2560`, `P-256`, `ED25519`, `ML-DSA-65`, `secp256k1` …, else the dotted identifier. */
  readonly text: string;
  /** RSA, EC and ML-DSA keys in the form that the weak-key checks take. */
  readonly parts?: PublicKeyParts;
}

/** Reads a whole SubjectPublicKeyInfo. Throws Fault `malformed`; `unsupported` for EC keys of other than named curves. */
export function readPublicKey(spki: Uint8Array, what = 'public key'): PublicKey {
  return keys.get(spki, (der) => readWholeKey(der, what));
}

const keys = new Remembered<PublicKey>(2);

function readWholeKey(spki: Uint8Array, what: string): PublicKey {
  const outer = readDer(spki, what);
  const info = outer.sequence();
  outer.finish();
  const identifier = info.sequence();
  const bits = info.bitStringOctets();
  info.finish();
  const type = identifier.oid();
  if (type === oids.ecPublicKey) return { spki, bits, ...readEc(identifier, bits) };
  if (type === oids.rsaEncryption) return { spki, bits, ...readRsa(identifier, info.within(bits)) };
  const mlDsa = mlDsaKeys[type];
  if (mlDsa !== undefined) return { spki, bits, ...readMlDsa(identifier, bits, mlDsa) };
  return { spki, bits, text: otherTypes[type] ?? type };
}

/**
 * The key for node:crypto. The import checks that a point lies on its curve and costs 10 microseconds; not
 * kept, because a weak map costs the collector more. Throws Fault `malformed` with reason `public-key`.
 */
export function keyObjectOf(key: PublicKey): KeyObject {
  try {
    const { spki } = key;
    const octets = Buffer.from(spki.buffer, spki.byteOffset, spki.length);
    return createPublicKey({ key: octets, format: 'der', type: 'spki' });
  } catch {
    throw new Fault('malformed', `the ${key.text} public key is not a valid one`, {
      what: 'public key',
      reason: 'public-key',
    });
  }
}

/** Whether a private (or public) key belongs to a public key. */
export function isSameKey(publicKey: PublicKey, other: KeyObject): boolean {
  const object = other.type === 'private' ? createPublicKey(other) : other;
  return keyObjectOf(publicKey).equals(object);
}

/** Throws Fault `unsupported` when the key's algorithm is none of ours. */
export function assertKnownAlgorithm(key: PublicKey): KeyAlgorithm {
  if (key.algorithm !== undefined) return key.algorithm;
  throw new Fault('unsupported', `a ${key.text} key, expected one of ${keyAlgorithms.join(', ')}`, {
    what: 'public key',
    reason: 'key-algorithm',
  });
}

/**
 * SHA-1 of the subjectPublicKey octets: method (1) of RFC 5280 §4.2.1.2. The last one is kept, because issuing asks
 * twice for the same key: to write it, and in the lint, which reads everything again (and is given the same key).
 */
export function keyIdentifierOf(key: PublicKey): Uint8Array {
  if (lastIdentified?.key !== key) lastIdentified = { key, identifier: hash('sha1', key.bits, 'buffer') };
  return lastIdentified.identifier;
}

let lastIdentified: { readonly key: PublicKey; readonly identifier: Uint8Array } | undefined;

/** Whether two SubjectPublicKeyInfo are the same octets. */
export { isSameOctets as isSameSpki } from './der/octets.ts';

/** RFC 5480 §2.1.1: a named curve, nothing else; §2.2: the uncompressed form. */
function readEc(identifier: DerReader, point: Uint8Array): Omit<PublicKey, 'spki' | 'bits'> {
  if (!identifier.has(0x06)) {
    throw new Fault('unsupported', 'an EC key has explicit parameters, expected a named curve', {
      what: 'public key',
      reason: 'curve',
    });
  }
  const curveOid = identifier.oid();
  identifier.finish();
  const curve = curves[curveOid];
  if (curve === undefined) return { text: otherCurves[curveOid] ?? curveOid };
  if (point[0] !== 4 || point.length !== 1 + 2 * curve.octets) {
    throw new Fault(
      'malformed',
      `a ${curve.algorithm} key is not an uncompressed point of ${1 + 2 * curve.octets} octets`,
      {
        what: 'public key',
        reason: 'public-key',
      },
    );
  }
  const { algorithm } = curve;
  return { algorithm, text: algorithm, parts: { kind: 'EC', curve: algorithm } };
}

/** RFC 3279 §2.3.1: parameters NULL; the key is RSAPublicKey. */
function readRsa(identifier: DerReader, key: DerReader): Omit<PublicKey, 'spki' | 'bits'> {
  identifier.null();
  identifier.finish();
  const pair = key.sequence();
  const modulus = positive(pair);
  const exponent = positive(pair);
  pair.finish();
  key.finish();
  const bits = (modulus.length - 1) * 8 + (32 - Math.clz32(modulus[0] ?? 0));
  const text = `RSA-${bits}`;
  const algorithm = keyAlgorithms.find((known) => known === text);
  const parts = { kind: 'RSA', modulus, exponent } as const;
  return algorithm === undefined ? { text, parts } : { algorithm, text, parts };
}

/** RFC 9881 §2 and §4: parameters absent, the key's octets as FIPS 204 encodes them, nothing around them. */
function readMlDsa(
  identifier: DerReader,
  key: Uint8Array,
  { algorithm, octets }: { readonly algorithm: MlDsaAlgorithm; readonly octets: number },
): Omit<PublicKey, 'spki' | 'bits'> {
  identifier.finish();
  if (key.length !== octets) {
    throw new Fault('malformed', `an ${algorithm} key has ${key.length} octets, ${octets} are expected`, {
      what: 'public key',
      reason: 'public-key',
    });
  }
  return { algorithm, text: algorithm, parts: { kind: 'ML-DSA', parameterSet: algorithm } };
}

/** Without the sign octet. */
function positive(reader: DerReader): Uint8Array {
  const octets = reader.integer();
  const first = octets[0] ?? 0;
  if (first >= 0x80 || (first === 0 && octets.length === 1)) reader.fail('an RSA number is not positive');
  return first === 0 ? octets.subarray(1) : octets;
}

const curves: Readonly<Record<string, { readonly algorithm: KeyAlgorithm; readonly octets: number }>> = {
  [oids.secp256r1]: { algorithm: 'P-256', octets: 32 },
  [oids.secp384r1]: { algorithm: 'P-384', octets: 48 },
  [oids.secp521r1]: { algorithm: 'P-521', octets: 66 },
};

/** FIPS 204 §4, table 2: octets of a public key. */
const mlDsaKeys: Readonly<Record<string, { readonly algorithm: MlDsaAlgorithm; readonly octets: number }>> = {
  [oids.mlDsa44]: { algorithm: 'ML-DSA-44', octets: 1312 },
  [oids.mlDsa65]: { algorithm: 'ML-DSA-65', octets: 1952 },
  [oids.mlDsa87]: { algorithm: 'ML-DSA-87', octets: 2592 },
};

const otherCurves: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.132.0.33': 'P-224',
  '1.3.132.0.10': 'secp256k1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.2.156.10197.1.301': 'SM2',
};

const otherTypes: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.101.110': 'X25519',
  '1.3.101.112': 'ED25519',
  '1.3.101.113': 'ED448',
};
