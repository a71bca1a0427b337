import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  assertCanSign,
  familyOfKey,
  familyOfSignature,
  hashOf,
  keyAlgorithms,
  type KeyFamily,
  type SignatureAlgorithm,
  signatureAlgorithms,
  signatureOf,
} from '../../src/core/key.ts';
import { isFault } from '../contracts/store-under-test.ts';

describe('key and signature algorithms', () => {
  it('belong to RSA or to elliptic curves', () => {
    const families: Readonly<Record<(typeof keyAlgorithms)[number], KeyFamily>> = {
      'RSA-1024': 'RSA',
      'RSA-2048': 'RSA',
      'RSA-3072': 'RSA',
      'RSA-4096': 'RSA',
      'P-256': 'EC',
      'P-384': 'EC',
      'P-521': 'EC',
    };
    assert.deepEqual(Object.fromEntries(keyAlgorithms.map((one) => [one, familyOfKey(one)])), families);
  });
  it('say their family and hash by name', () => {
    const known: Readonly<Record<SignatureAlgorithm, readonly string[]>> = {
      'SHA256-RSA': ['RSA', 'SHA256'],
      'SHA384-RSA': ['RSA', 'SHA384'],
      'SHA512-RSA': ['RSA', 'SHA512'],
      'SHA256-RSA-PSS': ['RSA', 'SHA256'],
      'SHA384-RSA-PSS': ['RSA', 'SHA384'],
      'SHA512-RSA-PSS': ['RSA', 'SHA512'],
      'SHA256-ECDSA': ['EC', 'SHA256'],
      'SHA384-ECDSA': ['EC', 'SHA384'],
      'SHA512-ECDSA': ['EC', 'SHA512'],
    };
    const found = signatureAlgorithms.map((one) => [one, [familyOfSignature(one), hashOf(one)]]);
    assert.deepEqual(Object.fromEntries(found), known);
  });
  it('the usual signature of a family with a hash is of that family and that hash, and no PSS', () => {
    for (const family of ['RSA', 'EC'] as const)
      for (const hash of ['SHA256', 'SHA384', 'SHA512'] as const) {
        const usual = signatureOf(family, hash);
        assert.deepEqual([familyOfSignature(usual), hashOf(usual), usual.includes('PSS')], [family, hash, false]);
      }
  });
  it('a key signs with algorithms of its own family only', () => {
    for (const key of keyAlgorithms)
      for (const signature of signatureAlgorithms) {
        const sign = () => assertCanSign(key, signature);
        if (familyOfKey(key) === familyOfSignature(signature)) assert.doesNotThrow(sign);
        else assert.throws(sign, isFault('mismatch', 'signature algorithm'));
      }
  });
});
