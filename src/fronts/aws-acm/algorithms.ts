/** Certificate Manager's words for algorithms, and ours. */
import { type KeyAlgorithm, signatureOf } from '../../core/key.ts';
import { Refusal } from '../../wire/refusal.ts';

/** The vendor's enum of key algorithms, in its order. */
export const keyAlgorithms = {
  RSA_1024: 'RSA-1024',
  RSA_2048: 'RSA-2048',
  RSA_3072: 'RSA-3072',
  RSA_4096: 'RSA-4096',
  EC_prime256v1: 'P-256',
  EC_secp384r1: 'P-384',
  EC_secp521r1: 'P-521',
} as const satisfies Record<string, KeyAlgorithm>;

export type KeyAlgorithmName = keyof typeof keyAlgorithms;

// Object.keys forgets the names; the table gives exactly these.
export const keyAlgorithmNames = Object.keys(keyAlgorithms) as KeyAlgorithmName[];

/** What RequestCertificate makes keys of; the others are for imports only. */
const requestable: readonly KeyAlgorithmName[] = ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'];

/** Throws Refusal `ValidationException` for an algorithm that is for imports only. */
export function requestedKeyAlgorithm(name: KeyAlgorithmName): KeyAlgorithm {
  if (requestable.includes(name)) return keyAlgorithms[name];
  throw new Refusal(
    'ValidationException',
    `The key algorithm ${name} is not supported for requested certificates. Supported: ${requestable.join(', ')}.`,
  );
}

/** What the service answers: with a hyphen, although its model says otherwise. */
export const shownKeyAlgorithms = {
  'RSA-1024': 'RSA-1024',
  'RSA-2048': 'RSA-2048',
  'RSA-3072': 'RSA-3072',
  'RSA-4096': 'RSA-4096',
  'P-256': 'EC-prime256v1',
  'P-384': 'EC-secp384r1',
  'P-521': 'EC-secp521r1',
  // No certificate here has such a key: it is neither in the service's enum nor imported.
  'ML-DSA-44': 'ML-DSA-44',
  'ML-DSA-65': 'ML-DSA-65',
  'ML-DSA-87': 'ML-DSA-87',
} as const satisfies Record<KeyAlgorithm, string>;

/** `SHA256-RSA` → `SHA256WITHRSA`, `ML-DSA-65` → `ML_DSA_65`; what is none of ours (`SHA1-RSA`, imported) by the same rule. */
export function shownSignatureAlgorithm(algorithm: string): string {
  const match = /^(MD5|SHA\d+|SM3)-(\w+?)(-PSS)?$/.exec(algorithm);
  if (match === null) return algorithm.replaceAll('-', '_');
  return `${match[1]}WITH${match[2]}${match[3] === undefined ? '' : 'ANDMGF1'}`;
}

/** Before there is a certificate the service shows what it would be signed with. */
export function expectedSignatureAlgorithm(key: KeyAlgorithm): string {
  return shownSignatureAlgorithm(signatureOf(key, 'SHA256'));
}
