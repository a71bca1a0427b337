/**
 * Names as RFC 2253 text, in the dialect of Java's `X500Principal`: the last relative name first, keywords for nine
 * attribute types, and every other type by its number with the DER of its value in hexadecimal.
 */
import { attributeTypes } from '../../core/name.ts';
import { hexOf } from '../der/hex.ts';
import { type DerReader, readDer } from '../der/reader.ts';
import { tags } from '../der/tags.ts';
import { readText } from './text.ts';

/** The subject of a certificate (DER) that was read before: only what leads to it is looked at. */
export function subjectAsRfc2253(certificate: Uint8Array): string {
  const body = readDer(certificate, 'certificate').sequence().sequence();
  if (body.has(0xa0)) body.element(); // version
  for (let skipped = 0; skipped < 4; skipped += 1) body.element(); // serial number, signature, issuer, validity
  return nameAsRfc2253(body);
}

/** Reads the next element as a Name. */
export function nameAsRfc2253(reader: DerReader): string {
  const rdns = reader.sequence();
  let text = '';
  while (!rdns.isAtEnd) {
    const rdn = rdnText(rdns.set());
    text = text === '' ? rdn : `${rdn},${text}`;
  }
  return text;
}

function rdnText(members: DerReader): string {
  let text = attributeText(members.sequence());
  while (!members.isAtEnd) text += `+${attributeText(members.sequence())}`;
  return text;
}

function attributeText(attribute: DerReader): string {
  const type = attribute.oid();
  const keyword = keywords.get(type);
  if (keyword !== undefined && attribute.nextTag !== undefined && texts.has(attribute.nextTag)) {
    const value = readText(attribute);
    if (value !== undefined) return `${keyword}=${escaped(value)}`;
  }
  return `${keyword ?? type}=#${hexOf(attribute.element())}`;
}

/** RFC 2253 §2.4, and `=` and `#` wherever they stand, as Java does; every blank at either end. */
function escaped(value: string): string {
  if (!/[,=+<>#;"\\\u0000]|^ | $/.test(value)) return value;
  return value
    .replace(/[,=+<>#;"\\]/g, '\\$&')
    .replaceAll('\0', '\\00')
    .replace(/^ +| +$/g, (blanks) => '\\ '.repeat(blanks.length));
}

const keywords = new Map<string, string>(
  (['CN', 'C', 'L', 'ST', 'O', 'OU', 'STREET', 'DC', 'UID'] as const).map((name) => [attributeTypes[name], name]),
);

const texts = new Set<number>([
  tags.utf8String,
  tags.printableString,
  tags.teletexString,
  tags.ia5String,
  tags.bmpString,
]);
