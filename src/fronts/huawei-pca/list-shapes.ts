/** Members that the lists share. Empty strings are absent, as clients send unset filters. */
import { inQuery, integer, optional, text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { incorrect } from './refusals.ts';

/** At most 1,000 a page; 10 unless asked. */
export const limit = optional(inQuery(integer({ min: 0, max: 1000 })));
export const offset = optional(inQuery(integer({ min: 0, max: Number.MAX_SAFE_INTEGER })));
/** A part of the common name. */
export const name = optional(inQuery(decoded(text({ max: 64 }), (given) => (given === '' ? undefined : given))));
export const sortDir = optional(inQuery(choice({ DESC: true, ASC: false }, 'sort_dir')));

/** One of the vendor's words, in any case, as what it means here. */
export function choice<Meaning>(meanings: Readonly<Record<string, Meaning>>, parameter: string) {
  return decoded(text(), (given): Meaning | undefined => {
    if (given === '') return undefined;
    const word = Object.keys(meanings).find((one) => one.toLowerCase() === given.toLowerCase());
    if (word === undefined) throw incorrect(`${parameter} takes ${Object.keys(meanings).join(', ')}.`);
    return meanings[word];
  });
}
