/** Algorithms in Huawei's words. */
import {
  type HashAlgorithm,
  type KeyAlgorithm,
  type SignatureAlgorithm,
  signatureOf,
  type SubjectKeyAlgorithm,
} from '../../core/key.ts';
import { text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { refused } from './refusals.ts';

/** What may be asked for. SM2 is documented for some sites only and not made here. */
const asked: Readonly<Record<string, KeyAlgorithm>> = {
  RSA2048: 'RSA-2048',
  RSA4096: 'RSA-4096',
  EC256: 'P-256',
  EC384: 'P-384',
};

/** What is shown: also for authorities made through another API, outside Huawei's own list. */
export function keyAlgorithmName(algorithm: SubjectKeyAlgorithm): string {
  return algorithm.replace('P-', 'EC').replaceAll('-', '');
}

/** `key_algorithm`; "" is absent. */
export const keyAlgorithm = decoded(text(), (name): KeyAlgorithm | undefined => {
  if (name === '') return undefined;
  const algorithm = Object.hasOwn(asked, name) ? asked[name] : undefined;
  if (algorithm === undefined) throw refused('PCA.00020102');
  return algorithm;
});

/** `signature_algorithm` is only a hash: the family comes from the key that signs. "" is absent. */
export const signatureHash = decoded(text(), (name): HashAlgorithm | undefined => {
  if (name === '') return undefined;
  if (name !== 'SHA256' && name !== 'SHA384' && name !== 'SHA512') throw refused('PCA.00020103');
  return name;
});

/** The signature of a signer's key with a hash. */
export function signatureBy(signer: { readonly keyAlgorithm: KeyAlgorithm }, hash: HashAlgorithm): SignatureAlgorithm {
  return signatureOf(signer.keyAlgorithm, hash);
}
