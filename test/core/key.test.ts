import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  assertCanSign,
  canSign,
  familyOfKey,
  familyOfSignature,
  hashOf,
  keyAlgorithms,
  type KeyFamily,
  mlDsaAlgorithms,
  type SignatureAlgorithm,
  signatureAlgorithms,
  signatureOf,
} from '../../src/core/key.ts';
import { isFault } from '../contracts/store-under-test.ts';

describe('key and signature algorithms', () => {
  it('belong to RSA, to elliptic curves or to ML-DSA', () => {
    const families: Readonly<Record<(typeof keyAlgorithms)[number], KeyFamily>> = {
      'RSA-1024': 'RSA',
      'RSA-2048': 'RSA',
      'RSA-3072': 'RSA',
      'RSA-4096': 'RSA',
      'P-256': 'EC',
      'P-384': 'EC',
      'P-521': 'EC',
      'ML-DSA-44': 'ML-DSA',
      'ML-DSA-65': 'ML-DSA',
      'ML-DSA-87': 'ML-DSA',
    };
    assert.deepEqual(Object.fromEntries(keyAlgorithms.map((one) => [one, familyOfKey(one)])), families);
  });
  it('say their family and hash by name', () => {
    const known: Readonly<Record<SignatureAlgorithm, readonly (string | undefined)[]>> = {
      'SHA256-RSA': ['RSA', 'SHA256'],
      'SHA384-RSA': ['RSA', 'SHA384'],
      'SHA512-RSA': ['RSA', 'SHA512'],
      'SHA256-RSA-PSS': ['RSA', 'SHA256'],
      'SHA384-RSA-PSS': ['RSA', 'SHA384'],
      'SHA512-RSA-PSS': ['RSA', 'SHA512'],
      'SHA256-ECDSA': ['EC', 'SHA256'],
      'SHA384-ECDSA': ['EC', 'SHA384'],
      'SHA512-ECDSA': ['EC', 'SHA512'],
      'ML-DSA-44': ['ML-DSA', undefined],
      'ML-DSA-65': ['ML-DSA', undefined],
      'ML-DSA-87': ['ML-DSA', undefined],
    };
    const found = signatureAlgorithms.map((one) => [one, [familyOfSignature(one), hashOf(one)]]);
    assert.deepEqual(Object.fromEntries(found), known);
  });
  it('the usual signature of a key with a hash is of its family and that hash, and no PSS', () => {
    for (const key of ['RSA-2048', 'RSA-4096', 'P-256', 'P-521'] as const)
      for (const hash of ['SHA256', 'SHA384', 'SHA512'] as const) {
        const usual = signatureOf(key, hash);
        assert.deepEqual([canSign(key, usual), hashOf(usual), usual.includes('PSS')], [true, hash, false]);
      }
  });
  it('the only signature of an ML-DSA key is that of its parameter set, whatever the hash', () => {
    for (const key of mlDsaAlgorithms)
      for (const hash of ['SHA256', 'SHA384', 'SHA512'] as const) assert.equal(signatureOf(key, hash), key);
  });
  it('a key signs with algorithms of its own family only, an ML-DSA key of its own parameter set', () => {
    for (const key of keyAlgorithms)
      for (const signature of signatureAlgorithms) {
        const sign = () => assertCanSign(key, signature);
        const family = familyOfKey(key);
        const isOwn = family === 'ML-DSA' ? key === signature : family === familyOfSignature(signature);
        if (isOwn) assert.doesNotThrow(sign);
        else assert.throws(sign, isFault('mismatch', 'signature algorithm'));
      }
  });
});
