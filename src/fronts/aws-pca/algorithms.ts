/** Private CA's words for algorithms, and ours. */
import type { KeyAlgorithm, SignatureAlgorithm } from '../../core/key.ts';
import { Refusal } from '../../wire/refusal.ts';

/** The vendor's enum of key algorithms, in its order; undefined is one that no key is made of here. */
export const keyAlgorithms = {
  RSA_2048: 'RSA-2048',
  RSA_3072: 'RSA-3072',
  RSA_4096: 'RSA-4096',
  EC_prime256v1: 'P-256',
  EC_secp384r1: 'P-384',
  EC_secp521r1: 'P-521',
  ML_DSA_44: undefined,
  ML_DSA_65: undefined,
  ML_DSA_87: undefined,
  SM2: undefined,
} as const satisfies Record<string, KeyAlgorithm | undefined>;

/** The vendor's enum of signing algorithms, in its order. */
export const signingAlgorithms = {
  SHA256WITHECDSA: 'SHA256-ECDSA',
  SHA384WITHECDSA: 'SHA384-ECDSA',
  SHA512WITHECDSA: 'SHA512-ECDSA',
  SHA256WITHRSA: 'SHA256-RSA',
  SHA384WITHRSA: 'SHA384-RSA',
  SHA512WITHRSA: 'SHA512-RSA',
  SHA256WITHRSA_PSS: 'SHA256-RSA-PSS',
  SHA384WITHRSA_PSS: 'SHA384-RSA-PSS',
  SHA512WITHRSA_PSS: 'SHA512-RSA-PSS',
  SM3WITHSM2: undefined,
  ML_DSA_44: undefined,
  ML_DSA_65: undefined,
  ML_DSA_87: undefined,
} as const satisfies Record<string, SignatureAlgorithm | undefined>;

export type KeyAlgorithmName = keyof typeof keyAlgorithms;
export type SigningAlgorithmName = keyof typeof signingAlgorithms;

/** Throws Refusal `InvalidArgsException` for one that is not made here. */
export function keyAlgorithmOf(name: KeyAlgorithmName): KeyAlgorithm {
  return keyAlgorithms[name] ?? unsupported('key', name);
}

/** Throws Refusal `InvalidArgsException` for one that is not made here. */
export function signatureAlgorithmOf(name: SigningAlgorithmName): SignatureAlgorithm {
  return signingAlgorithms[name] ?? unsupported('signing', name);
}

export function keyAlgorithmName(algorithm: KeyAlgorithm): string {
  return keyNames[algorithm];
}

export function signingAlgorithmName(algorithm: SignatureAlgorithm): SigningAlgorithmName {
  return signingNames[algorithm];
}

function unsupported(what: string, name: string): never {
  throw new Refusal('InvalidArgsException', `The ${what} algorithm ${name} is not supported by this server.`);
}

const keyNames = {
  // No authority has such a key: it exists only in imports.
  'RSA-1024': 'RSA_1024',
  'RSA-2048': 'RSA_2048',
  'RSA-3072': 'RSA_3072',
  'RSA-4096': 'RSA_4096',
  'P-256': 'EC_prime256v1',
  'P-384': 'EC_secp384r1',
  'P-521': 'EC_secp521r1',
} as const satisfies Record<KeyAlgorithm, string>;

const signingNames = {
  'SHA256-RSA': 'SHA256WITHRSA',
  'SHA384-RSA': 'SHA384WITHRSA',
  'SHA512-RSA': 'SHA512WITHRSA',
  'SHA256-RSA-PSS': 'SHA256WITHRSA_PSS',
  'SHA384-RSA-PSS': 'SHA384WITHRSA_PSS',
  'SHA512-RSA-PSS': 'SHA512WITHRSA_PSS',
  'SHA256-ECDSA': 'SHA256WITHECDSA',
  'SHA384-ECDSA': 'SHA384WITHECDSA',
  'SHA512-ECDSA': 'SHA512WITHECDSA',
} as const satisfies Record<SignatureAlgorithm, SigningAlgorithmName>;
