import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { attributeTypes, type DistinguishedName, type GeneralName } from '../../src/core/name.ts';
import { readDer } from '../../src/x509/der/reader.ts';
import * as w from '../../src/x509/der/writer.ts';
import { formatName } from '../../src/x509/names/format-name.ts';
import { readGeneralName, writeGeneralName } from '../../src/x509/names/general-name.ts';
import { formatIp, readIp } from '../../src/x509/names/ip-address.ts';
import { readName } from '../../src/x509/names/read-name.ts';
import { writeName } from '../../src/x509/names/write-name.ts';
import { fault } from './an-authority.ts';

const one = (type: keyof typeof attributeTypes, value: string): DistinguishedName => [
  [{ type: attributeTypes[type], value }],
];
const read = (der: Uint8Array) => readName(readDer(der, 'name'));
const written = (name: DistinguishedName) => readDer(writeName(name)).sequence().set().sequence();

describe('a distinguished name', () => {
  it('comes back as it was written', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text));
    fc.assert(
      fc.property(
        fc.array(
          fc.record(
            { type: fc.constantFrom('2.5.4.3', '2.5.4.10', '2.5.4.7', '1.2.3.4'), value },
            { noNullPrototype: true },
          ),
        ),
        (list) => {
          const name = list.map((attribute) => [attribute]);
          assert.deepEqual(read(writeName(name)), name);
        },
      ),
    );
  });

  it('has country, serialNumber and dnQualifier as PrintableString, e-mail and DC as IA5String, others as UTF8String (RFC 5280 appendix A.1)', () => {
    const tagOf = (type: keyof typeof attributeTypes, value = 'AU') => {
      const attribute = written(one(type, value));
      attribute.oid();
      return attribute.nextTag;
    };
    assert.deepEqual(
      (['C', 'SERIALNUMBER', 'DNQ'] as const).map((type) => tagOf(type)),
      [0x13, 0x13, 0x13],
    );
    assert.deepEqual([tagOf('EMAIL', 'a@b.example'), tagOf('DC')], [0x16, 0x16]);
    assert.deepEqual(
      (['CN', 'O', 'ST'] as const).map((type) => tagOf(type)),
      [0x0c, 0x0c, 0x0c],
    );
  });

  it('keeps the upper bounds of RFC 5280 appendix A.1, counted in characters', () => {
    writeName(one('CN', '😀'.repeat(64)));
    for (const name of [
      one('CN', 'a'.repeat(65)),
      one('C', 'AUS'),
      one('C', 'A_'),
      one('CN', ''),
      one('L', 'a'.repeat(129)),
    ]) {
      assert.throws(() => writeName(name), fault('invalid', 'name'));
    }
  });

  it('refuses control characters, which deceive whoever prints it', () => {
    for (const value of ['a\u0000b', 'a\nb', '\ud800'])
      assert.throws(() => writeName(one('CN', value)), fault('invalid', 'name'));
  });

  it('is read in every string type that others write', () => {
    const strings: readonly (readonly [number, readonly number[], string])[] = [
      [0x14, [0x42, 0xfc], 'Bü'], // Teletex, taken as Latin-1
      [0x1e, [0x00, 0x42, 0x00, 0xfc], 'Bü'],
      [0x1c, [0, 0, 0, 0x42, 0, 1, 0xf6, 0], 'B😀'],
      [0x16, [0x42], 'B'],
    ];
    for (const [tag, octets, value] of strings) {
      const der = w.sequence(w.set(w.sequence(w.oid('2.5.4.3'), w.element(tag, Uint8Array.from(octets)))));
      assert.deepEqual(read(der), one('CN', value));
    }
  });

  it('is shown in its own order, with the escapes of RFC 4514 §2.4', () => {
    const name = [...one('C', 'AU'), ...one('O', 'a, "b" + c'), ...one('CN', ' #x'), [{ type: '1.2.3', value: 'y' }]];
    assert.equal(formatName(name), 'C=AU,O=a\\, \\"b\\" \\+ c,CN=\\ #x,1.2.3=y');
  });
});

describe('a general name', () => {
  it('of every kind comes back as it was written', () => {
    const names: readonly GeneralName[] = [
      { kind: 'dns', value: '*.example.com' },
      { kind: 'email', value: 'a@example.com' },
      { kind: 'uri', value: 'spiffe://example.com/a' },
      { kind: 'ip', value: '192.0.2.1' },
      { kind: 'ip', value: '2001:db8::' },
      { kind: 'directory', value: one('CN', 'x') },
      { kind: 'registered-id', value: '1.2.840.1' },
      { kind: 'other', type: '1.3.6.1.4.1.311.20.2.3', value: w.utf8String('upn@example.com') },
      { kind: 'opaque', der: Uint8Array.fromHex('a50430028000') },
    ];
    for (const name of names) assert.deepEqual(readGeneralName(readDer(writeGeneralName(name))), name);
  });

  it('with an address of 5 octets is refused (RFC 5280 §4.2.1.6)', () => {
    assert.throws(() => readGeneralName(readDer(Uint8Array.fromHex('87050a00000001'))), fault('malformed', 'der'));
  });
});

it('every IPv6 address has one text (RFC 5952), which reads back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (octets) => {
      assert.deepEqual(readIp(formatIp(octets) ?? ''), octets);
    }),
  );
  assert.equal(formatIp(readIp('2001:DB8:0:0:1:0:0:1') ?? new Uint8Array()), '2001:db8::1:0:0:1');
  assert.deepEqual(readIp('::ffff:192.0.2.1')?.subarray(10), Uint8Array.of(255, 255, 192, 0, 2, 1));
  assert.equal(readIp('fe80::1%eth0'), undefined);
});
