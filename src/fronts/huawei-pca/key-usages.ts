import { Type } from 'typebox';
import { type KeyUsage, keyUsages as names } from '../../core/profile.ts';
import { decoded } from '../../wire/leaf.ts';
import { incorrect } from './refusals.ts';

/** `key_usages`; an empty list is absent. */
export const keyUsages = decoded(Type.Array(Type.String()), (given): readonly KeyUsage[] | undefined => {
  const usages = given.map((name) => {
    const usage = names.find((one) => one === name);
    if (usage === undefined) throw incorrect(`key_usages takes ${names.join(', ')}.`);
    return usage;
  });
  return usages.length === 0 ? undefined : names.filter((one) => usages.includes(one));
});

/** What an authority gets unless it asks for others. */
export const authorityUsages: readonly KeyUsage[] = ['digitalSignature', 'keyCertSign', 'cRLSign'];

/** What a leaf gets when neither the request nor its CSR names any. */
export const leafUsages: readonly KeyUsage[] = ['digitalSignature', 'keyAgreement'];
