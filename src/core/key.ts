/** Key and signature algorithms that this house knows, and which belong together. */
import { Fault } from './fault.ts';
import type { AccountId, KeyId } from './ids.ts';

export const keyAlgorithms = ['RSA-1024', 'RSA-2048', 'RSA-3072', 'RSA-4096', 'P-256', 'P-384', 'P-521'] as const;
/** `RSA-1024` exists only in what others import; it is never made or certified here. */
export type KeyAlgorithm = (typeof keyAlgorithms)[number];
/** What a client may bring in a CSR: RSA of any strong size (2,048 to 8,192 bits), or one of our curves. */
export type SubjectKeyAlgorithm = Exclude<KeyAlgorithm, `RSA-${number}`> | `RSA-${number}`;

export const signatureAlgorithms = [
  'SHA256-RSA',
  'SHA384-RSA',
  'SHA512-RSA',
  'SHA256-RSA-PSS',
  'SHA384-RSA-PSS',
  'SHA512-RSA-PSS',
  'SHA256-ECDSA',
  'SHA384-ECDSA',
  'SHA512-ECDSA',
] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];
export type HashAlgorithm = 'SHA256' | 'SHA384' | 'SHA512';
export type KeyFamily = 'RSA' | 'EC';

export function familyOfKey(algorithm: KeyAlgorithm): KeyFamily {
  return algorithm.startsWith('RSA') ? 'RSA' : 'EC';
}

export function familyOfSignature(algorithm: SignatureAlgorithm): KeyFamily {
  return algorithm.endsWith('ECDSA') ? 'EC' : 'RSA';
}

export function hashOf(algorithm: SignatureAlgorithm): HashAlgorithm {
  if (algorithm.startsWith('SHA256')) return 'SHA256';
  return algorithm.startsWith('SHA384') ? 'SHA384' : 'SHA512';
}

/** The usual signature of a key family with a hash: PKCS#1 v1.5 for RSA, ECDSA for EC. */
export function signatureOf(family: KeyFamily, hash: HashAlgorithm): SignatureAlgorithm {
  return family === 'RSA' ? `${hash}-RSA` : `${hash}-ECDSA`;
}

/** Throws Fault `mismatch` when a key of this algorithm cannot make such a signature. */
export function assertCanSign(key: KeyAlgorithm, signature: SignatureAlgorithm): void {
  if (familyOfKey(key) !== familyOfSignature(signature)) {
    throw new Fault('mismatch', `a ${key} key cannot make a ${signature} signature`, { what: 'signature algorithm' });
  }
}

/** A private key at rest: everything that the vault needs to open it again, nothing that anyone else can use. */
export interface SealedKey {
  readonly id: KeyId;
  /** The account that the seal is bound to. */
  readonly account: AccountId;
  readonly algorithm: KeyAlgorithm;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** Which master key wraps the data key. */
  readonly masterKeyVersion: number;
  /** The data key under the master key: nonce, ciphertext, tag. */
  readonly wrappedDataKey: Uint8Array;
  /** The PKCS#8 key under the data key: nonce, ciphertext, tag; account and key id are its associated data. */
  readonly sealedPrivateKey: Uint8Array;
}
