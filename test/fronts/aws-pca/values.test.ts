/** The pure tables and readings of the front: properties that hold for every value. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { keyAlgorithms, signatureAlgorithms } from '../../../src/core/key.ts';
import {
  keyAlgorithmName,
  keyAlgorithmOf,
  type KeyAlgorithmName,
  signatureAlgorithmOf,
  signingAlgorithmName,
} from '../../../src/fronts/aws-pca/algorithms.ts';
import { readGeneralName } from '../../../src/fronts/aws-pca/general-name.ts';
import { readSubject, viewSubject } from '../../../src/fronts/aws-pca/subject.ts';
import { profileNamed } from '../../../src/fronts/aws-pca/templates.ts';
import { termOf } from '../../../src/fronts/aws-pca/validity.ts';
import { readDer } from '../../../src/x509/der/reader.ts';
import { readGeneralName as readDerName, writeGeneralName } from '../../../src/x509/names/general-name.ts';

describe('words of Private CA', () => {
  it('say every algorithm of an authority and come back as the same', () => {
    for (const algorithm of keyAlgorithms.filter((name) => name !== 'RSA-1024')) {
      // The name of an algorithm that can be made is one of the vendor's.
      assert.equal(keyAlgorithmOf(keyAlgorithmName(algorithm) as KeyAlgorithmName), algorithm);
    }
    for (const algorithm of signatureAlgorithms) {
      assert.equal(signatureAlgorithmOf(signingAlgorithmName(algorithm)), algorithm);
    }
  });

  it('say every subject of standard members, and of custom attributes, and come back as the same', () => {
    const word = fc.string({ minLength: 1, maxLength: 16 });
    const standard = fc.record(
      { CommonName: word, Organization: word, Locality: word, Title: word },
      { requiredKeys: ['CommonName'], noNullPrototype: true },
    );
    const custom = fc.array(
      fc.record(
        { ObjectIdentifier: fc.constantFrom('1.3.6.1.4.1.1', '2.5.4.13'), Value: word },
        { noNullPrototype: true },
      ),
      { minLength: 1 },
    );
    fc.assert(fc.property(standard, (subject) => assert.deepEqual(viewSubject(readSubject(subject)), subject)));
    fc.assert(
      fc.property(custom, (CustomAttributes) =>
        assert.deepEqual(viewSubject(readSubject({ CustomAttributes })), { CustomAttributes }),
      ),
    );
  });

  it('say an END_DATE in both forms: every second from 1950 to 2049 in 12 digits, from 1000 on in 14', () => {
    const endOf = (Value: number) => {
      const { wish } = termOf({ Type: 'END_DATE', Value }, undefined);
      return wish.unit === 'until' ? wish.at : undefined;
    };
    const digitsOf = (at: number) => new Date(at).toISOString().replace(/[-T:]|\..*$/g, '');
    const second = (from: number, to: number) =>
      fc.integer({ min: Date.UTC(from, 0) / 1000, max: Date.UTC(to, 11, 31) / 1000 }).map((value) => value * 1000);
    fc.assert(fc.property(second(1950, 2049), (at) => assert.equal(endOf(Number(digitsOf(at).slice(2))), at)));
    fc.assert(fc.property(second(1000, 9999), (at) => assert.equal(endOf(Number(digitsOf(at))), at)));
    for (const Value of [1, 491301000000, 490230000000, 20270101240000, 123456789012345]) {
      assert.throws(() => endOf(Value), /END_DATE/);
    }
  });

  it('say every kind of general name in DER that is read back', () => {
    const names = [
      { OtherName: { TypeId: '1.3.6.1.4.1.311.20.2.3', Value: 'ann@example.com' } },
      { Rfc822Name: 'ann@example.com' },
      { DnsName: 'example.com' },
      { DirectoryName: { CommonName: 'A', Country: 'CH' } },
      { EdiPartyName: { PartyName: 'party', NameAssigner: 'assigner' } },
      { EdiPartyName: { PartyName: 'party' } },
      { UniformResourceIdentifier: 'http://example.com/' },
      { IpAddress: '2001:db8::1' },
      { RegisteredId: '1.2.3' },
    ];
    for (const shape of names) {
      const name = readGeneralName(shape);
      const reader = readDer(writeGeneralName(name), 'test');
      assert.deepEqual(readDerName(reader), name);
      reader.finish();
    }
    for (const shape of [{}, { DnsName: 'a', IpAddress: '192.0.2.1' }])
      assert.throws(() => readGeneralName(shape), /exactly one/);
  });

  it('give only root and subordinate templates the right to sign certificates', () => {
    const isAuthority = (name: string) => profileNamed(`${name}/V1`).basicConstraints.value;
    assert.deepEqual(isAuthority('RootCACertificate'), { isAuthority: true });
    for (const pathLength of [0, 1, 2, 3]) {
      assert.deepEqual(isAuthority(`SubordinateCACertificate_PathLen${pathLength}`), { isAuthority: true, pathLength });
    }
    for (const name of [
      'EndEntityCertificate',
      'EndEntityClientAuthCertificate',
      'EndEntityServerAuthCertificate',
      'CodeSigningCertificate',
      'OCSPSigningCertificate',
    ]) {
      assert.deepEqual(isAuthority(name), { isAuthority: false });
    }
  });
});
