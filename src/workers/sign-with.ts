/** One signature over octets with a held key. */
import { constants, sign } from 'node:crypto';
import { assertCanSign, familyOfKey, hashOf, type SignatureAlgorithm } from '../core/key.ts';
import type { HeldKey } from './held-keys.ts';

/**
 * ECDSA as the DER of Ecdsa-Sig-Value (RFC 3279 §2.2.3), RSA as PKCS#1 v1.5, RSA-PSS with a salt as long as the hash and
 * MGF1 of the same hash (RFC 4055 §3.1), ML-DSA in its pure mode with an empty context (RFC 9881 §3). Throws Fault
 * `mismatch` when the key is of another family or ML-DSA parameter set.
 */
export function signWith(key: HeldKey, algorithm: SignatureAlgorithm, octets: Uint8Array): Uint8Array {
  assertCanSign(key.algorithm, algorithm);
  const hash = hashOf(algorithm);
  if (hash === undefined) return sign(null, octets, key.privateKey);
  if (familyOfKey(key.algorithm) === 'EC') return sign(hash, octets, { key: key.privateKey, dsaEncoding: 'der' });
  if (!algorithm.endsWith('PSS')) return sign(hash, octets, key.privateKey);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return sign(hash, octets, { key: key.privateKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
}
