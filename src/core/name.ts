/** Distinguished names (X.501, RFC 5280 §4.1.2.4) and general names (RFC 5280 §4.2.1.6) as values. */

/** One attribute: an object identifier in dotted form and its text. */
export interface NameAttribute {
  readonly type: string;
  readonly value: string;
}

/** Relative distinguished names in order, one attribute each; a multi-valued RDN keeps its attributes together. */
export type DistinguishedName = readonly (readonly NameAttribute[])[];

/** The attribute types that people write, by their X.520 short names. */
export const attributeTypes = {
  CN: '2.5.4.3',
  SURNAME: '2.5.4.4',
  SERIALNUMBER: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  TITLE: '2.5.4.12',
  NAME: '2.5.4.41',
  GIVENNAME: '2.5.4.42',
  INITIALS: '2.5.4.43',
  GENERATION: '2.5.4.44',
  DNQ: '2.5.4.46',
  PSEUDONYM: '2.5.4.65',
  UID: '0.9.2342.19200300.100.1.1',
  DC: '0.9.2342.19200300.100.1.25',
  EMAIL: '1.2.840.113549.1.9.1',
} as const;

export type GeneralName =
  | { readonly kind: 'dns'; readonly value: string }
  | { readonly kind: 'email'; readonly value: string }
  | { readonly kind: 'uri'; readonly value: string }
  /** IPv4 or IPv6 in text form. */
  | { readonly kind: 'ip'; readonly value: string }
  | { readonly kind: 'directory'; readonly value: DistinguishedName }
  | { readonly kind: 'registered-id'; readonly value: string }
  /** `value` is the DER of the explicitly tagged value. */
  | { readonly kind: 'other'; readonly type: string; readonly value: Uint8Array }
  /** x400Address and ediPartyName, kept as their DER so that nothing is lost. */
  | { readonly kind: 'opaque'; readonly der: Uint8Array };

/** The first value of an attribute type (a key of `attributeTypes`), or undefined. */
export function attributeOf(name: DistinguishedName, type: keyof typeof attributeTypes): string | undefined {
  for (const rdn of name)
    for (const attribute of rdn) if (attribute.type === attributeTypes[type]) return attribute.value;
  return undefined;
}
