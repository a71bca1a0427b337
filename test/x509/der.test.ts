import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import { readDer } from '../../src/x509/der/reader.ts';
import * as w from '../../src/x509/der/writer.ts';
import { readCertificate } from '../../src/x509/certificate.ts';
import { readCsr } from '../../src/x509/csr.ts';
import { aCsr, aKey, aRoot, fault, named } from './an-authority.ts';

const hex = (text: string) => Uint8Array.fromHex(text.replaceAll(' ', ''));
const der = fault('malformed', 'der');

describe('DER', () => {
  it('gives back every integer, octet string, identifier and second that it wrote', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.bigInt({ min: 0n, max: 2n ** 70n }), { maxLength: 6 }),
        fc.integer({ min: -631152000, max: 253402300799 }),
        (number, octets, arcs, seconds) => {
          const dotted = ['2', ...arcs.map(String), '5'].join('.');
          const reader = readDer(
            w.sequence(w.integer(number), w.octetString(octets), w.oid(dotted), w.time(seconds * 1000)),
          );
          const inner = reader.sequence();
          assert.equal(
            BigInt.asIntN(
              208,
              BigInt(
                `0x${inner
                  .integer()
                  .toHex()
                  .padStart(52, number < 0n ? 'f' : '0')}`,
              ),
            ),
            number,
          );
          assert.deepEqual(inner.octetString(), octets);
          assert.equal(inner.oid(), dotted);
          assert.equal(inner.time(), seconds * 1000);
          inner.finish();
          reader.finish();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads more identifiers than it remembers, each of them as it stands, twice', () => {
    const dotted = Array.from({ length: 2000 }, (_, at) => `1.3.6.1.4.1.${at * at}.${at % 7}`);
    for (const _ of [1, 2]) for (const one of dotted) assert.equal(readDer(w.oid(one)).oid(), one);
  });

  it('writes UTCTime through 2049 and GeneralizedTime after (RFC 5280 §4.1.2.5)', () => {
    assert.equal(w.time(Date.UTC(2049, 11, 31, 23, 59, 59))[0], 0x17);
    assert.equal(w.time(Date.UTC(2050, 0, 1))[0], 0x18);
    assert.throws(() => w.time(1), fault('invalid'));
  });

  it('drops trailing zero bits of named bits (X.690 §11.2.2) and sorts SET OF (§11.6)', () => {
    assert.equal(w.namedBits([0, 2]).toHex(), '030205a0');
    assert.equal(w.namedBits([]).toHex(), '030100');
    assert.equal(w.setOf([w.integer(2), w.integer(1)]).toHex(), '3106020101020102');
  });

  const refused: readonly (readonly [string, string, (octets: Uint8Array) => unknown])[] = [
    ['an indefinite length (BER)', '3080 0000', (o) => readDer(o).sequence()],
    ['a length in more octets than needed', '3081 01 00', (o) => readDer(o).sequence()],
    ['a length of 4 GB with nothing behind it', '3084 ffffffff', (o) => readDer(o).sequence()],
    ['a length of lengths of 127', '30ff 01', (o) => readDer(o).sequence()],
    [
      'trailing octets',
      '0500 00',
      (o) => {
        const r = readDer(o);
        r.null();
        r.finish();
      },
    ],
    ['a BOOLEAN of 01', '0101 01', (o) => readDer(o).boolean()],
    ['a padded INTEGER', '0202 0001', (o) => readDer(o).integer()],
    ['a padded negative INTEGER', '0202 ff80', (o) => readDer(o).integer()],
    ['an empty INTEGER', '0200', (o) => readDer(o).integer()],
    ['a BIT STRING with 8 unused bits', '0302 0800', (o) => readDer(o).bitString()],
    ['a BIT STRING whose unused bits are set', '0302 0101', (o) => readDer(o).bitString()],
    ['an OBJECT IDENTIFIER with a padded arc', '0603 2a8001', (o) => readDer(o).oid()],
    ['an OBJECT IDENTIFIER that is cut off', '0602 2a80', (o) => readDer(o).oid()],
    ['a UTCTime without seconds', '170b 323630313031303030305a', (o) => readDer(o).time()],
    ['the 30th of February', '170d 3236303233303030303030305a', (o) => readDer(o).time()],
    ['a tag number above 30', '1f8101 00', (o) => readDer(o).element()],
  ];
  for (const [what, octets, read] of refused) it(`refuses ${what}`, () => assert.throws(() => read(hex(octets)), der));

  it('refuses nesting deeper than any certificate, without recursion', () => {
    let nested: Uint8Array = w.nullValue();
    for (let i = 0; i < 40; i++) nested = w.sequence(nested);
    assert.throws(() => {
      let reader = readDer(nested);
      for (;;) reader = reader.sequence();
    }, der);
  });

  it('ends in a Fault, never another exception, at every truncation and bit flip of a certificate and a CSR', () => {
    const key = aKey();
    const cases = [
      [aRoot().der, readCertificate],
      [aCsr(key, named('host.example.com'), [{ kind: 'dns', value: 'host.example.com' }]), readCsr],
    ] as const;
    for (const [whole, read] of cases) {
      for (let i = 0; i < whole.length; i++) assert.throws(() => read(whole.subarray(0, i)), Fault);
      for (let bit = 0; bit < whole.length * 8; bit += 3) {
        const flipped = whole.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        try {
          read(flipped);
        } catch (error) {
          assert.ok(error instanceof Fault, `bit ${bit}: ${String(error)}`);
        }
      }
    }
  });
});
