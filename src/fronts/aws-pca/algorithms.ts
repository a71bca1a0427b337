/** Private CA's words for algorithms, and ours. */
import type { Fault } from '../../core/fault.ts';
import {
  canSign,
  type KeyAlgorithm,
  keyAlgorithms as keyAlgorithmsHere,
  type SignatureAlgorithm,
  signatureAlgorithms,
} from '../../core/key.ts';
import { Refusal } from '../../wire/refusal.ts';

/** The vendor's enum of key algorithms, in its order; undefined is one that no key is made of here. */
export const keyAlgorithms = {
  RSA_2048: 'RSA-2048',
  RSA_3072: 'RSA-3072',
  RSA_4096: 'RSA-4096',
  EC_prime256v1: 'P-256',
  EC_secp384r1: 'P-384',
  EC_secp521r1: 'P-521',
  ML_DSA_44: 'ML-DSA-44',
  ML_DSA_65: 'ML-DSA-65',
  ML_DSA_87: 'ML-DSA-87',
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
  ML_DSA_44: 'ML-DSA-44',
  ML_DSA_65: 'ML-DSA-65',
  ML_DSA_87: 'ML-DSA-87',
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

/**
 * How the service refuses a signing algorithm that is none of the key's (cert-manager/aws-privateca-issuer#22); undefined
 * when the fault is about something else.
 */
export function cannotSign({ subject: { what, id, other } }: Fault): Refusal | undefined {
  const key = keyAlgorithmsHere.find((one) => one === other);
  const signature = signatureAlgorithms.find((one) => one === id);
  if (what !== 'signature algorithm' || key === undefined || signature === undefined) return undefined;
  const names = Object.keys(signingAlgorithms) as SigningAlgorithmName[]; // Object.keys forgets the names
  const valid = names.filter((name) => {
    const algorithm = signingAlgorithms[name];
    return algorithm !== undefined && canSign(key, algorithm);
  });
  return new Refusal(
    'InvalidArgsException',
    `Signing algorithm ${signingNames[signature]} cannot be used with key type ${keyNames[key]}. Valid signing algorithms are: ${valid.join(', ')}.`,
  );
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
  'ML-DSA-44': 'ML_DSA_44',
  'ML-DSA-65': 'ML_DSA_65',
  'ML-DSA-87': 'ML_DSA_87',
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
  'ML-DSA-44': 'ML_DSA_44',
  'ML-DSA-65': 'ML_DSA_65',
  'ML-DSA-87': 'ML_DSA_87',
} as const satisfies Record<SignatureAlgorithm, SigningAlgorithmName>;
