/** Key and signature algorithms that this house knows, and which belong together. */
import { Fault } from './fault.ts';
import type { AccountId, KeyId } from './ids.ts';

/** Parameter sets of FIPS 204; one name for the key and for its only signature. */
export const mlDsaAlgorithms = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'] as const;
export type MlDsaAlgorithm = (typeof mlDsaAlgorithms)[number];

export const keyAlgorithms = [
  'RSA-1024',
  'RSA-2048',
  'RSA-3072',
  'RSA-4096',
  'P-256',
  'P-384',
  'P-521',
  ...mlDsaAlgorithms,
] as const;
/** `RSA-1024` exists only in what others import; it is never made or certified here. */
export type KeyAlgorithm = (typeof keyAlgorithms)[number];
/** What a client may bring in a CSR: RSA of any strong size (2,048 to 8,192 bits), one of our curves, or ML-DSA. */
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
  ...mlDsaAlgorithms,
] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];
export type HashAlgorithm = 'SHA256' | 'SHA384' | 'SHA512';
export type KeyFamily = 'RSA' | 'EC' | 'ML-DSA';

export function familyOfKey(algorithm: KeyAlgorithm): KeyFamily {
  if (algorithm.startsWith('P-')) return 'EC';
  return algorithm.startsWith('RSA') ? 'RSA' : 'ML-DSA';
}

export function familyOfSignature(algorithm: SignatureAlgorithm): KeyFamily {
  if (algorithm.endsWith('ECDSA')) return 'EC';
  return algorithm.startsWith('SHA') ? 'RSA' : 'ML-DSA';
}

/** The hash that a signature is made over; undefined for ML-DSA, which takes the whole message (pure mode, FIPS 204 §5.2). */
export function hashOf(algorithm: SignatureAlgorithm): HashAlgorithm | undefined {
  if (algorithm.startsWith('SHA256')) return 'SHA256';
  if (algorithm.startsWith('SHA384')) return 'SHA384';
  return algorithm.startsWith('SHA512') ? 'SHA512' : undefined;
}

/** The usual signature of a key with a hash: PKCS#1 v1.5 for RSA, ECDSA for EC; an ML-DSA key has one, whatever the hash. */
export function signatureOf(key: KeyAlgorithm, hash: HashAlgorithm): SignatureAlgorithm {
  const only = mlDsaAlgorithms.find((one) => one === key);
  if (only !== undefined) return only;
  return familyOfKey(key) === 'RSA' ? `${hash}-RSA` : `${hash}-ECDSA`;
}

/** Whether a key of this algorithm makes such signatures: of its family, for ML-DSA of its own parameter set. */
export function canSign(key: KeyAlgorithm, signature: SignatureAlgorithm): boolean {
  const family = familyOfKey(key);
  return family === familyOfSignature(signature) && (family !== 'ML-DSA' || key === signature);
}

/** Throws Fault `mismatch` when a key of this algorithm cannot make such a signature. */
export function assertCanSign(key: KeyAlgorithm, signature: SignatureAlgorithm): void {
  if (!canSign(key, signature)) {
    throw new Fault('mismatch', `a ${key} key cannot make a ${signature} signature`, {
      what: 'signature algorithm',
      id: signature,
      other: key,
    });
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
