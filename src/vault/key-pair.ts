/** Key pairs: made here, or taken in from elsewhere. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import { familyOfKey, type KeyAlgorithm } from '../core/key.ts';
import type { KeyPair } from './seal-key.ts';

/**
 * A new pair; the caller wipes the private half. EC and ML-DSA take a millisecond at most; RSA tens to thousands, so RSA
 * is made only in the key maker's thread. Throws Fault `unsupported` for RSA-1024.
 */
export function makeKeyPair(algorithm: KeyAlgorithm): KeyPair {
  const kind = kinds[algorithm];
  if (!kind.isMade) throw new Fault('unsupported', `${algorithm} keys are not made here`, { what: 'key algorithm' });
  const encoding = {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  } as const;
  switch (kind.type) {
    case 'rsa':
      // e = 65537, FIPS 186-5 §5.1 and CA/Browser Forum BR §6.1.6
      return {
        algorithm,
        ...generateKeyPairSync('rsa', { modulusLength: kind.bits, publicExponent: 65537, ...encoding }),
      };
    case 'ec':
      return { algorithm, ...generateKeyPairSync('ec', { namedCurve: kind.curve, ...encoding }) };
    default:
      return { algorithm, ...generateKeyPairSync(kind.type, encoding) };
  }
}

/**
 * A pair from a PKCS#8 key of another maker, encoded anew. It must be of the algorithm that is claimed and its private
 * half must sign what its public half verifies. Throws Fault `malformed` or `mismatch`; the caller wipes the pair.
 */
export function readKeyPair(algorithm: KeyAlgorithm, pkcs8: Uint8Array): KeyPair {
  const privateKey = readPrivateKey(pkcs8);
  const found = describe(privateKey);
  if (found !== describeKind(kinds[algorithm])) {
    throw new Fault('mismatch', `the private key is ${found}, expected ${algorithm}`, { what: 'private key' });
  }
  const publicKey = createPublicKey(privateKey);
  if (!signsFor(privateKey, publicKey, algorithm)) {
    throw new Fault('mismatch', 'the private key does not make signatures that its own public key verifies', {
      what: 'private key',
    });
  }
  return {
    algorithm,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }),
  };
}

/** Throws Fault `malformed`; the cause is left behind, it may quote what it could not read. */
export function readPrivateKey(pkcs8: Uint8Array): KeyObject {
  try {
    // The very octets, not a copy of them: Buffer.from(buffer, …) shares memory.
    const key = Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.byteLength);
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    throw new Fault('malformed', 'the private key is not an unencrypted PKCS#8 key in DER', { what: 'private key' });
  }
}

function signsFor(privateKey: KeyObject, publicKey: KeyObject, algorithm: KeyAlgorithm): boolean {
  const probe = Buffer.from('chancery key probe');
  const digest = familyOfKey(algorithm) === 'ML-DSA' ? null : 'sha256';
  try {
    return verify(digest, probe, publicKey, sign(digest, probe, privateKey));
  } catch {
    return false; // a key whose numbers are no key at all
  }
}

function describe(key: KeyObject): string {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  return [key.asymmetricKeyType, modulusLength ?? namedCurve].filter((part) => part !== undefined).join(' ');
}

type Kind =
  | { readonly isMade: boolean; readonly type: 'rsa'; readonly bits: number }
  | { readonly isMade: boolean; readonly type: 'ec'; readonly curve: string }
  | { readonly isMade: boolean; readonly type: 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87' };

function describeKind(kind: Kind): string {
  if (kind.type === 'rsa') return `rsa ${kind.bits}`;
  return kind.type === 'ec' ? `ec ${kind.curve}` : kind.type;
}

const kinds = {
  'RSA-1024': { isMade: false, type: 'rsa', bits: 1024 },
  'RSA-2048': { isMade: true, type: 'rsa', bits: 2048 },
  'RSA-3072': { isMade: true, type: 'rsa', bits: 3072 },
  'RSA-4096': { isMade: true, type: 'rsa', bits: 4096 },
  'P-256': { isMade: true, type: 'ec', curve: 'prime256v1' },
  'P-384': { isMade: true, type: 'ec', curve: 'secp384r1' },
  'P-521': { isMade: true, type: 'ec', curve: 'secp521r1' },
  'ML-DSA-44': { isMade: true, type: 'ml-dsa-44' },
  'ML-DSA-65': { isMade: true, type: 'ml-dsa-65' },
  'ML-DSA-87': { isMade: true, type: 'ml-dsa-87' },
} as const satisfies Record<KeyAlgorithm, Kind>;
