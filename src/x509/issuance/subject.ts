/** Who is certified: name, key and what the CSR asked for. */
import { Fault } from '../../core/fault.ts';
import type { IssuanceRequest } from '../../core/issuance.ts';
import type { SubjectKeyAlgorithm } from '../../core/key.ts';
import type { DistinguishedName } from '../../core/name.ts';
import { readCsr } from '../csr.ts';
import type { Extension } from '../extensions/extension.ts';
import { assertName } from '../names/assert-name.ts';
import { writeName } from '../names/write-name.ts';
import { assertKnownAlgorithm, keyObjectOf, type PublicKey, readPublicKey } from '../public-key.ts';
import { assertStrongKey } from '../weak-keys/index.ts';

export interface Subject {
  readonly name: DistinguishedName;
  /** The Name, DER: a CSR's own bytes unless the request gives another name. */
  readonly nameDer: Uint8Array;
  readonly publicKey: PublicKey;
  readonly keyAlgorithm: SubjectKeyAlgorithm;
  readonly requested: readonly Extension[];
}

/** Faults: those of `readCsr`; `invalid` `weak-key`; `invalid` `name`; `unsupported` `key-algorithm`. */
export function subjectOf(wanted: IssuanceRequest['subject']): Subject {
  if (wanted.from === 'key') {
    const publicKey = readPublicKey(wanted.publicKey);
    keyObjectOf(publicKey); // an EC point lies on its curve
    return { name: wanted.subject, nameDer: writeName(wanted.subject), publicKey, ...strong(publicKey), requested: [] };
  }
  const csr = readCsr(wanted.csr);
  const { publicKey, extensions } = csr;
  if (wanted.subject === undefined) assertName(csr.subject);
  const name = wanted.subject ?? csr.subject;
  const nameDer = wanted.subject === undefined ? csr.subjectDer : writeName(wanted.subject);
  return { name, nameDer, publicKey, ...strong(publicKey), requested: extensions };
}

function strong(publicKey: PublicKey): { readonly keyAlgorithm: SubjectKeyAlgorithm } {
  const { parts, text } = publicKey;
  if (parts === undefined) {
    throw new Fault(
      'unsupported',
      `a ${text} key cannot be certified here, expected RSA, P-256, P-384, P-521 or ML-DSA`,
      {
        what: 'public key',
        reason: 'key-algorithm',
      },
    );
  }
  assertStrongKey(parts);
  if (parts.kind !== 'RSA') return { keyAlgorithm: assertKnownAlgorithm(publicKey) };
  const bits = (parts.modulus.length - 1) * 8 + (32 - Math.clz32(parts.modulus[0] ?? 0));
  return { keyAlgorithm: `RSA-${bits}` };
}
