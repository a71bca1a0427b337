import { list, text } from '../../wire/huawei-rest/shapes.ts';
import { familyOfKey, type KeyAlgorithm } from '../../core/key.ts';
import { type KeyUsage, keyUsages as names } from '../../core/profile.ts';
import { decoded } from '../../wire/leaf.ts';
import { incorrect } from './refusals.ts';

/** `key_usages`; an empty list is absent. */
export const keyUsages = decoded(list(text()), (given): readonly KeyUsage[] | undefined => {
  const usages = given.map((name) => {
    const usage = names.find((one) => one === name);
    if (usage === undefined) throw incorrect(`key_usages takes ${names.join(', ')}.`);
    return usage;
  });
  return usages.length === 0 ? undefined : names.filter((one) => usages.includes(one));
});

/** What an authority gets unless it asks for others. */
export const authorityUsages: readonly KeyUsage[] = ['digitalSignature', 'keyCertSign', 'cRLSign'];

/** What a leaf from a CSR gets when its CSR names none. */
export const csrUsages: readonly KeyUsage[] = ['digitalSignature', 'keyAgreement'];

/**
 * What a leaf with its key here gets when the request names none: the reference does not say, so what TLS uses with
 * such a key (RFC 8813 §3: no keyEncipherment on EC; RFC 4055 §1.2: no keyAgreement on RSA).
 */
export function usagesFor(algorithm: KeyAlgorithm): readonly KeyUsage[] {
  return familyOfKey(algorithm) === 'RSA' ? ['digitalSignature', 'keyEncipherment'] : csrUsages;
}
