/** Signature put to what was prepared, and nothing else. */
import type { SignedCertificate } from '../../core/issuance.ts';
import type { SignatureAlgorithm } from '../../core/key.ts';
import { spend } from '../../core/proof.ts';
import { signatureAlgorithmDer } from '../algorithms/signature-algorithm.ts';
import { bitString, sequence } from '../der/writer.ts';
import type { Prepared } from './prepare.ts';
import type { PreparedCsr } from './prepare-csr.ts';

/** Signs octets with the key that the request named; gives the DER of an ECDSA signature, or RSA's octets. */
export type Sign = (algorithm: SignatureAlgorithm, octets: Uint8Array) => Uint8Array;

/** Spends the proof; a second use throws. */
export function signPrepared(prepared: Prepared, sign: Sign): SignedCertificate {
  spend(prepared);
  const { tbs, serial, validity, subject, keyAlgorithm, signatureAlgorithm } = prepared;
  const der = seal(tbs, signatureAlgorithm, sign);
  return { der, serial, validity, subject, keyAlgorithm, signatureAlgorithm };
}

/** PKCS#10, DER. Spends the proof; a second use throws. */
export function assembleCsr(prepared: PreparedCsr, sign: Sign): Uint8Array {
  spend(prepared);
  return seal(prepared.info, prepared.signatureAlgorithm, sign);
}

/** SEQUENCE of what is signed, the algorithm and the signature: RFC 5280 §4.1, RFC 2986 §4.2. */
function seal(signed: Uint8Array, algorithm: SignatureAlgorithm, sign: Sign): Uint8Array {
  return sequence(signed, signatureAlgorithmDer(algorithm), bitString(sign(algorithm, signed)));
}
