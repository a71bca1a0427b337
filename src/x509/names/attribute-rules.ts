/** How each attribute is written, and how long it may be (RFC 5280 appendix A.1; X.520 for STREET). */
import { attributeTypes } from '../../core/name.ts';

export interface AttributeRule {
  readonly string: 'utf8' | 'printable' | 'ia5';
  /** In characters. */
  readonly longest: number;
  readonly shortest?: number;
}

export function ruleOf(type: string): AttributeRule {
  return rules.get(type) ?? { string: 'utf8', longest: 32_768 };
}

/** The X.520 short name, for messages and texts; undefined for a type without one. */
export function shortNameOf(type: string): string | undefined {
  return shortNames.get(type);
}

const rules = new Map<string, AttributeRule>([
  [attributeTypes.C, { string: 'printable', longest: 2, shortest: 2 }],
  [attributeTypes.SERIALNUMBER, { string: 'printable', longest: 64 }],
  [attributeTypes.DNQ, { string: 'printable', longest: 64 }],
  [attributeTypes.EMAIL, { string: 'ia5', longest: 255 }],
  [attributeTypes.DC, { string: 'ia5', longest: 63 }],
  [attributeTypes.CN, { string: 'utf8', longest: 64 }],
  [attributeTypes.O, { string: 'utf8', longest: 64 }],
  [attributeTypes.OU, { string: 'utf8', longest: 64 }],
  [attributeTypes.TITLE, { string: 'utf8', longest: 64 }],
  [attributeTypes.L, { string: 'utf8', longest: 128 }],
  [attributeTypes.ST, { string: 'utf8', longest: 128 }],
  [attributeTypes.STREET, { string: 'utf8', longest: 128 }],
  [attributeTypes.PSEUDONYM, { string: 'utf8', longest: 128 }],
  [attributeTypes.UID, { string: 'utf8', longest: 256 }],
]);

const shortNames = new Map<string, string>(Object.entries(attributeTypes).map(([name, type]) => [type, name]));
