/** Making and checking signatures with node:crypto, by the algorithm names of the core. */
import { constants, KeyObject, sign, verify } from 'node:crypto';
import { Fault } from '../../core/fault.ts';
import { hashOf, type SignatureAlgorithm } from '../../core/key.ts';

/**
 * DER of the signature (ECDSA) or its octets (RSA, ML-DSA). One-shot and synchronous: the fastest way in Node, and the
 * only one for ML-DSA.
 */
export function signWith(algorithm: SignatureAlgorithm, privateKey: KeyObject, octets: Uint8Array): Uint8Array {
  const hash = hashOf(algorithm);
  const digest = hash === undefined ? null : digests[hash];
  return sign(digest, octets, algorithm.endsWith('-PSS') ? { key: privateKey, ...pss } : privateKey);
}

/**
 * Whether a signature holds. `text` is `SignatureAlgorithmReading.text`: foreign algorithms too, because imports may
 * carry them; MD5 and everything unknown is Fault `unsupported` (reason `signature-algorithm`).
 */
export function isSignedBy(
  text: string,
  publicKey: KeyObject | ImportedKey,
  octets: Uint8Array,
  signature: Uint8Array,
  what = 'certificate',
): boolean {
  const check = checks.get(text);
  if (check === undefined) {
    throw new Fault('unsupported', `the ${what} carries a ${text} signature, which cannot be checked`, {
      what,
      reason: 'signature-algorithm',
    });
  }
  const { digest, keyTypes, isPss } = check;
  const type = publicKey instanceof KeyObject ? publicKey.asymmetricKeyType : publicKey.keyType;
  if (type === undefined || !keyTypes.includes(type)) return false;
  const key = publicKey instanceof KeyObject ? { key: publicKey } : publicKey;
  try {
    return verify(digest, octets, isPss === true ? { ...key, ...anyPss } : key, signature);
  } catch {
    return false; // OpenSSL refuses the combination, for example a signature of the wrong length, or the key
  }
}

/** A key that node:crypto imports while it verifies: for one use that is cheaper than a KeyObject. */
export interface ImportedKey {
  /** SubjectPublicKeyInfo. */
  readonly key: Buffer;
  readonly format: 'der';
  readonly type: 'spki';
  readonly keyType: 'rsa' | 'ec' | 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87';
}

interface Check {
  readonly digest: string | null;
  readonly keyTypes: readonly string[];
  readonly isPss?: true;
}

const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
/** Tools choose other salts (openssl the longest one unless told): a longer or shorter salt is no weaker signature. */
const anyPss = { ...pss, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
const digests = { SHA256: 'sha256', SHA384: 'sha384', SHA512: 'sha512' } as const;
const rsa = ['rsa'];
const ec = ['ec'];

/** `null`: the algorithm hashes by itself, which is how node:crypto says it. */
const checks = new Map<string, Check>([
  ['SHA1-RSA', { digest: 'sha1', keyTypes: rsa }],
  ['SHA224-RSA', { digest: 'sha224', keyTypes: rsa }],
  ['SHA256-RSA', { digest: 'sha256', keyTypes: rsa }],
  ['SHA384-RSA', { digest: 'sha384', keyTypes: rsa }],
  ['SHA512-RSA', { digest: 'sha512', keyTypes: rsa }],
  ['SHA256-RSA-PSS', { digest: 'sha256', keyTypes: ['rsa', 'rsa-pss'], isPss: true }],
  ['SHA384-RSA-PSS', { digest: 'sha384', keyTypes: ['rsa', 'rsa-pss'], isPss: true }],
  ['SHA512-RSA-PSS', { digest: 'sha512', keyTypes: ['rsa', 'rsa-pss'], isPss: true }],
  ['SHA1-ECDSA', { digest: 'sha1', keyTypes: ec }],
  ['SHA224-ECDSA', { digest: 'sha224', keyTypes: ec }],
  ['SHA256-ECDSA', { digest: 'sha256', keyTypes: ec }],
  ['SHA384-ECDSA', { digest: 'sha384', keyTypes: ec }],
  ['SHA512-ECDSA', { digest: 'sha512', keyTypes: ec }],
  ['ED25519', { digest: null, keyTypes: ['ed25519'] }],
  ['ED448', { digest: null, keyTypes: ['ed448'] }],
  ['ML-DSA-44', { digest: null, keyTypes: ['ml-dsa-44'] }],
  ['ML-DSA-65', { digest: null, keyTypes: ['ml-dsa-65'] }],
  ['ML-DSA-87', { digest: null, keyTypes: ['ml-dsa-87'] }],
]);
