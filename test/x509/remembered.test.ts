import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Remembered } from '../../src/x509/der/remembered.ts';

describe('what octets were read as is remembered', () => {
  it('for equal octets without reading again, for others never', () => {
    const remembered = new Remembered<string>(2);
    let reads = 0;
    const read = (octets: Uint8Array) => {
      reads += 1;
      return octets.join(' ');
    };
    for (const octets of [[1, 2], [1, 3], [1, 2], [1, 2, 0], [1, 2, 0], []]) {
      assert.equal(remembered.get(Uint8Array.from(octets), read), octets.join(' '));
    }
    assert.equal(reads, 4);
  });

  it('also when their owner changes them afterwards', () => {
    const remembered = new Remembered<Uint8Array>(2);
    const octets = Uint8Array.of(7, 7);
    const value = remembered.get(octets, (copy) => copy);
    octets[0] = 8;
    assert.deepEqual([...value], [7, 7]);
    assert.deepEqual([...remembered.get(octets, (copy) => copy)], [8, 7]);
    assert.deepEqual([...remembered.get(Uint8Array.of(7, 7), () => assert.fail('it was read again'))], [7, 7]);
  });

  it('not when reading fails: the failure comes every time', () => {
    const remembered = new Remembered<never>(2);
    const fail = () => {
      throw new Error('no');
    };
    for (const _ of [1, 2]) assert.throws(() => remembered.get(Uint8Array.of(1), fail), /no/);
  });

  it('only the last few, and nothing that is long', () => {
    const remembered = new Remembered<number>(2);
    let reads = 0;
    const read = (octets: Uint8Array) => {
      reads += 1;
      return octets.length;
    };
    for (const octet of [1, 2, 3, 1]) remembered.get(Uint8Array.of(octet), read);
    assert.equal(reads, 4);
    for (const _ of [1, 2]) assert.equal(remembered.get(new Uint8Array(5000), read), 5000);
    assert.equal(reads, 6);
  });
});
