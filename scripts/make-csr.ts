/** A key pair and a CSR as a client would make them: for the demo, the benchmark and tests, without openssl. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '../src/core/key.ts';
import { attributeTypes } from '../src/core/name.ts';
import { signatureAlgorithmDer } from '../src/x509/algorithms/signature-algorithm.ts';
import { signWith } from '../src/x509/algorithms/signature.ts';
import { bitString, explicit, integer, oid, sequence, set } from '../src/x509/der/writer.ts';
import { writeExtension } from '../src/x509/extensions/extension.ts';
import { subjectAltName } from '../src/x509/extensions/subject-alt-name.ts';
import { writeName } from '../src/x509/names/write-name.ts';
import { writePem } from '../src/x509/pem.ts';

const extensionRequest = '1.2.840.113549.1.9.14';

export interface MadeCsr {
  /** PEM. */
  readonly csr: string;
  /** PKCS#8, PEM. */
  readonly key: string;
}

/** A new P-256 key and a CSR for one DNS name, as common name and as alternative name (RFC 2986 §4). */
export function makeCsr(name: string): MadeCsr {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    csr: csrFor(name, publicKey, privateKey),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** A CSR for one DNS name over a key pair that is there already, PEM. */
export function csrFor(
  name: string,
  publicKey: KeyObject,
  privateKey: KeyObject,
  algorithm: SignatureAlgorithm = 'SHA256-ECDSA',
): string {
  const names = {
    oid: subjectAltName.oid,
    critical: false,
    value: subjectAltName.encode([{ kind: 'dns', value: name }]),
  };
  const attribute = sequence(oid(extensionRequest), set(sequence(writeExtension(names))));
  const info = sequence(
    integer(0),
    writeName([[{ type: attributeTypes.CN, value: name }]]),
    publicKey.export({ type: 'spki', format: 'der' }),
    // RFC 2986 §4.1: attributes [0] IMPLICIT SET OF.
    explicit(0, attribute),
  );
  const signature = bitString(signWith(algorithm, privateKey, info));
  return writePem('CERTIFICATE REQUEST', sequence(info, signatureAlgorithmDer(algorithm), signature));
}
