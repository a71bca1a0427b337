/** Object identifiers of private keys (RFC 8017 appendix C, RFC 5480 §2.1.1, RFC 9881 §2). */
import type { KeyAlgorithm, MlDsaAlgorithm } from '../core/key.ts';

export const rsaEncryption = '1.2.840.113549.1.1.1';
export const ecPublicKey = '1.2.840.10045.2.1';

export type EcAlgorithm = Extract<KeyAlgorithm, 'P-256' | 'P-384' | 'P-521'>;

export interface Curve {
  readonly algorithm: EcAlgorithm;
  readonly oid: string;
  /** OpenSSL's name. */
  readonly name: string;
  /** Octets of a private key: those of the group's order (RFC 5915 §3). */
  readonly octets: number;
}

export const curves: readonly Curve[] = [
  { algorithm: 'P-256', oid: '1.2.840.10045.3.1.7', name: 'prime256v1', octets: 32 },
  { algorithm: 'P-384', oid: '1.3.132.0.34', name: 'secp384r1', octets: 48 },
  { algorithm: 'P-521', oid: '1.3.132.0.35', name: 'secp521r1', octets: 66 },
];

export interface ParameterSet {
  readonly algorithm: MlDsaAlgorithm;
  readonly oid: string;
  /** Octets of an expanded private key (FIPS 204 §4, table 2). */
  readonly expandedOctets: number;
}

export const parameterSets: readonly ParameterSet[] = [
  { algorithm: 'ML-DSA-44', oid: '2.16.840.1.101.3.4.3.17', expandedOctets: 2560 },
  { algorithm: 'ML-DSA-65', oid: '2.16.840.1.101.3.4.3.18', expandedOctets: 4032 },
  { algorithm: 'ML-DSA-87', oid: '2.16.840.1.101.3.4.3.19', expandedOctets: 4896 },
];
