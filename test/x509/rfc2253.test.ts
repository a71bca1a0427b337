/** Names as Java prints them: by examples, and by Java itself for names of every kind. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { attributeTypes } from '../../src/core/name.ts';
import { readDer } from '../../src/x509/der/reader.ts';
import {
  element,
  ia5String,
  oid,
  printableString,
  sequence,
  sequenceOf,
  setOf,
  utf8String,
} from '../../src/x509/der/writer.ts';
import { nameAsRfc2253 } from '../../src/x509/names/rfc2253.ts';
import { needs, outputOf } from '../programs.ts';

type Attribute = readonly [type: string, value: Uint8Array];
const nameOf = (...rdns: readonly (readonly Attribute[])[]) =>
  sequenceOf(rdns.map((rdn) => setOf(rdn.map(([type, value]) => sequence(oid(type), value)))));
const textOf = (name: Uint8Array) => nameAsRfc2253(readDer(name));
const { C, O, CN, SERIALNUMBER, EMAIL, DC, OU } = attributeTypes;

const strings = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...',=+<>#;"\\ aä/'), minLength: 1, maxLength: 8 }),
);
const printable = fc.string({ unit: fc.constantFrom(..."abcXYZ019 '()+,-./:=?"), minLength: 1, maxLength: 9 });
const values = fc.oneof(
  strings.filter((text) => text.isWellFormed()).map(utf8String),
  printable.map(printableString),
  printable.map(ia5String),
  fc.uint8Array({ maxLength: 6 }).map((octets) => element(0x04, octets)),
);
const types = fc.constantFrom(...Object.values(attributeTypes), '1.2.3.4', '2.5.4.97');
const attribute = fc.tuple(types, values);
const names = fc.array(fc.uniqueArray(attribute, { minLength: 1, maxLength: 2, selector: ([type]) => type }), {
  maxLength: 5,
});

describe('a name as RFC 2253 text', () => {
  it('begins with the last relative name, and gives unknown attributes as numbers and hexadecimal', () => {
    const name = nameOf(
      [[C, printableString('US')]],
      [[O, utf8String('Example Company')]],
      [[CN, utf8String('www.example.com')]],
      [[EMAIL, ia5String('sales@example.com')]],
      [[SERIALNUMBER, printableString('1')]],
    );
    assert.equal(
      textOf(name),
      '2.5.4.5=#130131,1.2.840.113549.1.9.1=#161173616c6573406578616d706c652e636f6d,CN=www.example.com,O=Example Company,C=US',
    );
  });

  it('escapes what would end a value, and joins what stands together', () => {
    const name = nameOf(
      [[O, utf8String(' a,b+c"d\\e<f>g;h=i#j ')]],
      [
        [CN, utf8String('x')],
        [OU, utf8String('\0')],
      ],
      [[DC, ia5String('com')]],
    );
    assert.equal(textOf(name), 'DC=com,CN=x+OU=\\00,O=\\ a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h\\=i\\#j\\ ');
    assert.equal(textOf(nameOf()), '');
  });

  it('is what Java prints, for names of every kind', async (t) => {
    const java = needs(t, 'java');
    if (java === undefined) return;
    const made = fc.sample(names, { numRuns: 400, seed: 2253 }).map((rdns) => nameOf(...rdns));
    const folder = mkdtempSync(join(tmpdir(), 'chancery-names-'));
    try {
      const file = join(folder, 'names');
      writeFileSync(file, made.map((name) => Buffer.from(name).toString('hex')).join('\n'));
      const printed = await outputOf(java, [join(import.meta.dirname, 'PrintNames.java'), file]);
      assert.equal(made.map((name) => `${textOf(name)}\n`).join(''), printed.toString());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
