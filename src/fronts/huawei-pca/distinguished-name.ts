/** Huawei's distinguished names: six flat strings, in the order CN, C, ST, L, O, OU. */
import { optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import type { ValueOf } from '../../wire/schema.ts';
import { attributeOf, attributeTypes, type DistinguishedName } from '../../core/name.ts';
import { decoded } from '../../wire/leaf.ts';
import { refused } from './refusals.ts';

/** Field → attribute, in the order in which the service writes them into a certificate. */
const fields = [
  ['common_name', 'CN', 64],
  ['country', 'C', 2],
  ['state', 'ST', 128],
  ['locality', 'L', 128],
  ['organization', 'O', 64],
  ['organizational_unit', 'OU', 64],
] as const;

type Field = (typeof fields)[number][0];
export type NameFields = Readonly<Record<Field, string>>;

const word = optional(text());
const flat = shape({
  common_name: word,
  country: word,
  state: word,
  locality: word,
  organization: word,
  organizational_unit: word,
});

/** An authority's: all six fields. */
export const authorityName = decoded(flat, (name): DistinguishedName => {
  const given = checked(name);
  if (fields.some(([field]) => given[field] === '')) throw refused('PCA.00020101');
  return nameOf(given);
});

/** A leaf's: only the common name must be there. */
export const certificateName = decoded(flat, (name): NameFields => {
  const given = checked(name);
  if (given.common_name === '') throw refused('PCA.00020101');
  return given;
});

/** The subject of a leaf: fields that are missing are the issuer's. */
export function inheriting(given: NameFields): (issuer: DistinguishedName) => DistinguishedName {
  return (issuer) => {
    const inherited = nameFields(issuer);
    return nameOf({
      common_name: given.common_name,
      country: given.country || inherited.country,
      state: given.state || inherited.state,
      locality: given.locality || inherited.locality,
      organization: given.organization || inherited.organization,
      organizational_unit: given.organizational_unit || inherited.organizational_unit,
    });
  };
}

/** As responses show a name; what it lacks (a name made through another API may) is "". */
export function nameFields(name: DistinguishedName): NameFields {
  return {
    common_name: attributeOf(name, 'CN') ?? '',
    country: attributeOf(name, 'C') ?? '',
    state: attributeOf(name, 'ST') ?? '',
    locality: attributeOf(name, 'L') ?? '',
    organization: attributeOf(name, 'O') ?? '',
    organizational_unit: attributeOf(name, 'OU') ?? '',
  };
}

function nameOf(given: NameFields): DistinguishedName {
  return fields
    .filter(([field]) => given[field] !== '')
    .map(([field, attribute]) => [{ type: attributeTypes[attribute], value: given[field] }]);
}

/** Letters (Latin and Chinese), digits, hyphen, underscore, space, dot and comma; in the common name also `*`. */
const characters = /^[\p{Script=Latin}\p{Script=Han}0-9 ._,-]*$/u;
const commonNameCharacters = /^[\p{Script=Latin}\p{Script=Han}0-9 ._,*-]*$/u;
const countryPattern = /^([A-Za-z]{2})?$/;

function checked(name: ValueOf<typeof flat>): NameFields {
  for (const [field, , longest] of fields) {
    const value = name[field] ?? '';
    const allowed = field === 'common_name' ? commonNameCharacters : field === 'country' ? countryPattern : characters;
    if ([...value].length > longest || !allowed.test(value) || (value !== '' && value.trim() === '')) {
      throw refused('PCA.00020101');
    }
  }
  const { common_name = '', country = '', state = '', locality = '', organization = '' } = name;
  return { common_name, country, state, locality, organization, organizational_unit: name.organizational_unit ?? '' };
}
