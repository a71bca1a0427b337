/** ASN1Subject, the vendor's form of a distinguished name, and ours. */
import { attributeTypes, type DistinguishedName } from '../../core/name.ts';
import { Refusal } from '../../wire/refusal.ts';

/** As read by `shapes.ts`: at least one member, custom attributes or standard ones. */
export interface Asn1Subject extends Partial<Readonly<Record<StandardMember, string>>> {
  readonly CustomAttributes?: readonly { readonly ObjectIdentifier: string; readonly Value: string }[];
}

/**
 * The distinguished name that an ASN1Subject means. Empty members are as good as absent ones.
 * Throws Refusal `InvalidArgsException`: nothing in it, or custom attributes beside standard ones (API page).
 */
export function readSubject(subject: Asn1Subject): DistinguishedName {
  const { CustomAttributes: custom = [] } = subject;
  const standard = standardMembers.flatMap(([member, type]) => {
    const value = subject[member];
    return value === undefined || value === '' ? [] : [[{ type: attributeTypes[type], value }]];
  });
  if (custom.length > 0 && standard.length > 0) {
    throw new Refusal(
      'InvalidArgsException',
      'Custom attributes cannot be used in combination with standard attributes.',
    );
  }
  if (custom.length === 0 && standard.length === 0) {
    throw new Refusal(
      'InvalidArgsException',
      'A subject and a directory name must have at least one attribute, this one has none.',
    );
  }
  return standard.length > 0 ? standard : custom.map(({ ObjectIdentifier: type, Value: value }) => [{ type, value }]);
}

/** Whether nothing stands in it: as good as no subject at all where one may be left out. */
export function isEmptySubject({ CustomAttributes: custom = [], ...standard }: Asn1Subject): boolean {
  return custom.length === 0 && Object.values(standard).every((value) => value === '' || value === undefined);
}

/** A name that came through another API: custom attributes where the standard members cannot say it. */
export function viewSubject(name: DistinguishedName): Asn1Subject {
  const attributes = name.flat();
  const members = attributes.map(({ type, value }) => [memberOf.get(type), value] as const);
  const names = members.map(([member]) => member);
  const isStandard = !names.includes(undefined) && new Set(names).size === names.length;
  return isStandard
    ? Object.fromEntries(members)
    : { CustomAttributes: attributes.map(({ type, value }) => ({ ObjectIdentifier: type, Value: value })) };
}

/**
 * The members in the order in which a CA's subject lists them. The vendor documents no order; this one is what its
 * certificates are seen to have (C, O, OU, dnQualifier, ST, CN, serialNumber, L) and, unverified, its API's order
 * for the rest.
 */
const standardMembers = [
  ['Country', 'C'],
  ['Organization', 'O'],
  ['OrganizationalUnit', 'OU'],
  ['DistinguishedNameQualifier', 'DNQ'],
  ['State', 'ST'],
  ['CommonName', 'CN'],
  ['SerialNumber', 'SERIALNUMBER'],
  ['Locality', 'L'],
  ['Title', 'TITLE'],
  ['Surname', 'SURNAME'],
  ['GivenName', 'GIVENNAME'],
  ['Initials', 'INITIALS'],
  ['Pseudonym', 'PSEUDONYM'],
  ['GenerationQualifier', 'GENERATION'],
] as const satisfies readonly (readonly [string, keyof typeof attributeTypes])[];

type StandardMember = (typeof standardMembers)[number][0];

const memberOf: ReadonlyMap<string, StandardMember> = new Map(
  standardMembers.map(([member, type]) => [attributeTypes[type], member]),
);
