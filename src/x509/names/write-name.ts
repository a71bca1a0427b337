/** Distinguished names to DER, in the string types of RFC 5280 §4.1.2.4 and appendix A. */
import { Fault } from '../../core/fault.ts';
import type { DistinguishedName, NameAttribute } from '../../core/name.ts';
import { ia5String, oid, printableString, sequence, sequenceOf, setOf, utf8String } from '../der/writer.ts';
import { assertName } from './assert-name.ts';
import { ruleOf, shortNameOf } from './attribute-rules.ts';

/** A Name. Throws Fault `invalid` (what `subject`) where a value breaks the rules of its attribute. */
export function writeName(name: DistinguishedName): Uint8Array {
  assertName(name);
  return sequenceOf(name.map((rdn) => setOf(rdn.map(writeAttribute))));
}

function writeAttribute(attribute: NameAttribute): Uint8Array {
  return sequence(oid(attribute.type), writers[ruleOf(attribute.type).string](attribute));
}

const writers = {
  utf8: ({ value }: NameAttribute) => utf8String(value),
  printable: (attribute: NameAttribute) => printableString(matching(attribute, printable, 'of PrintableString')),
  ia5: (attribute: NameAttribute) => ia5String(matching(attribute, ascii, 'of ASCII')),
};

/** X.680 §41.4. */
const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/;
const ascii = /^[\x20-\x7e]*$/;

function matching({ type, value }: NameAttribute, pattern: RegExp, alphabet: string): string {
  if (pattern.test(value)) return value;
  const name = shortNameOf(type) ?? type;
  throw new Fault('invalid', `the subject is not acceptable: ${name} has characters that are not ${alphabet}`, {
    what: 'subject',
    reason: 'name',
  });
}
