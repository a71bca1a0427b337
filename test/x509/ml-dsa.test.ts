import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import { type MlDsaAlgorithm, mlDsaAlgorithms, type SignatureAlgorithm } from '../../src/core/key.ts';
import type { KeyUsage } from '../../src/core/profile.ts';
import { readSignatureAlgorithm, signatureAlgorithmDer } from '../../src/x509/algorithms/signature-algorithm.ts';
import { readCertificate } from '../../src/x509/certificate.ts';
import { verifyChain } from '../../src/x509/chain.ts';
import { readCsr } from '../../src/x509/csr.ts';
import { readDer } from '../../src/x509/der/reader.ts';
import { bitString, nullValue, oid, sequence } from '../../src/x509/der/writer.ts';
import { keyUsage } from '../../src/x509/extensions/key-usage.ts';
import { lint } from '../../src/x509/issuance/lint.ts';
import { oids } from '../../src/x509/oids.ts';
import { keyObjectOf, readPublicKey } from '../../src/x509/public-key.ts';
import { aCsr, aKey, aRequest, aRoot, fault, issue, leafProfile, named } from './an-authority.ts';

const identifiers = { 'ML-DSA-44': oids.mlDsa44, 'ML-DSA-65': oids.mlDsa65, 'ML-DSA-87': oids.mlDsa87 } as const;
const lengths = { 'ML-DSA-44': 1312, 'ML-DSA-65': 1952, 'ML-DSA-87': 2592 } as const;
const csrVector = (name: string) => readFileSync(join(import.meta.dirname, `../vectors/csr/${name}.pem`));
const spki = (algorithm: MlDsaAlgorithm, bits: Uint8Array, ...parameters: Uint8Array[]) =>
  sequence(sequence(oid(identifiers[algorithm]), ...parameters), bitString(bits));
const csrOf = (algorithm: MlDsaAlgorithm, key = aKey(algorithm)) => aCsr(key, named('leaf'), [], [], algorithm);
const alike = (usages: readonly KeyUsage[]) => ({
  ...leafProfile,
  keyUsage: { from: 'profile', value: usages, critical: true } as const,
});

describe('ML-DSA (RFC 9881)', () => {
  for (const algorithm of mlDsaAlgorithms) {
    it(`${algorithm}: any octets of the right length are a public key, all others are refused (§4)`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: lengths[algorithm], maxLength: lengths[algorithm] }), (bits) => {
          const key = readPublicKey(spki(algorithm, bits));
          assert.deepEqual([key.algorithm, key.text, Buffer.compare(key.bits, bits)], [algorithm, algorithm, 0]);
          assert.equal(keyObjectOf(key).asymmetricKeyType, algorithm.toLowerCase());
        }),
        { numRuns: 20 },
      );
      for (const length of [0, 1, lengths[algorithm] - 1, lengths[algorithm] + 1, 60_000]) {
        const wrong = () => readPublicKey(spki(algorithm, new Uint8Array(length)));
        assert.throws(wrong, fault('malformed', 'public-key'));
      }
    });

    it(`${algorithm}: parameters MUST be absent, of keys and of signatures (§2)`, () => {
      const bits = new Uint8Array(lengths[algorithm]);
      assert.throws(() => readPublicKey(spki(algorithm, bits, nullValue())), fault('malformed'));
      assert.equal(readSignatureAlgorithm(signatureAlgorithmDer(algorithm)).known, algorithm);
      const parameterized = readSignatureAlgorithm(sequence(oid(identifiers[algorithm]), nullValue()));
      assert.deepEqual(parameterized, { text: identifiers[algorithm] });
    });

    it(`${algorithm}: a CSR of another implementation is read, and certified for nothing but signatures (§5)`, () => {
      const csr = readCsr(csrVector(algorithm.toLowerCase()));
      assert.deepEqual([csr.signatureAlgorithm, csr.publicKey.algorithm], [algorithm, algorithm]);
      const root = aRoot();
      for (const profile of [leafProfile, { ...leafProfile, keyUsage: { from: 'csr' } } as const]) {
        const { der, keyAlgorithm } = issue(aRequest(root, csr.der, { profile }), root.key);
        assert.equal(keyAlgorithm, algorithm);
        assert.deepEqual(readCertificate(der).keyUsage, ['digitalSignature']);
      }
    });

    it(`${algorithm}: a signature that is cut, longer, changed or another key's is refused`, () => {
      const good = csrOf(algorithm);
      assert.equal(readCsr(good).signatureAlgorithm, algorithm);
      const signature = (change: (octets: Uint8Array) => Uint8Array) => {
        const [info, identifier, bits] = partsOf(good);
        return sequence(info, identifier, bitString(change(bits)));
      };
      const wrong = fault('invalid', 'signature');
      for (const change of [
        (octets: Uint8Array) => octets.subarray(0, -1),
        (octets: Uint8Array) => octets.subarray(0, 0),
        (octets: Uint8Array) => Uint8Array.of(...octets, 0),
        (octets: Uint8Array) => octets.map((octet, at) => (at === 100 ? octet ^ 1 : octet)),
        () => partsOf(csrOf(algorithm))[2],
      ]) {
        assert.throws(() => readCsr(signature(change)), wrong);
      }
    });

    it(`${algorithm}: truncated and bit-flipped CSRs end in a Fault`, () => {
      const good = csrOf(algorithm);
      fc.assert(
        fc.property(fc.nat(good.length - 1), fc.nat(7), fc.boolean(), (at, bit, truncate) => {
          const changed = truncate ? good.slice(0, at) : good.slice();
          if (!truncate) changed[at] = (changed[at] ?? 0) ^ (1 << bit);
          assert.throws(() => readCsr(changed), Fault);
        }),
        { numRuns: 100 },
      );
    });

    it(`${algorithm}: a signature of another parameter set or family is refused for its key`, () => {
      const key = aKey(algorithm);
      const [info, , bits] = partsOf(csrOf(algorithm, key));
      const others = [...mlDsaAlgorithms, 'SHA256-ECDSA', 'SHA256-RSA', 'SHA512-RSA-PSS'] as const;
      for (const other of others) {
        if (other === algorithm) continue;
        const csr = sequence(info, signatureAlgorithmDer(other), bitString(bits));
        assert.throws(() => readCsr(csr), fault('invalid', 'signature'));
      }
    });
  }

  it('an issuer of each family certifies keys of each family, and the chain verifies', () => {
    const kinds: readonly [Parameters<typeof aKey>[0], SignatureAlgorithm][] = [
      ['RSA-2048', 'SHA256-RSA-PSS'],
      ['P-384', 'SHA384-ECDSA'],
      ['ML-DSA-44', 'ML-DSA-44'],
      ['ML-DSA-65', 'ML-DSA-65'],
      ['ML-DSA-87', 'ML-DSA-87'],
    ];
    for (const [issuerKind, signatureAlgorithm] of kinds) {
      const root = aRoot({}, aKey(issuerKind), signatureAlgorithm);
      for (const [subjectKind, subjectSignature] of kinds) {
        const csr = aCsr(aKey(subjectKind), named('leaf'), [], [], subjectSignature);
        const { der } = issue(aRequest(root, csr, { signatureAlgorithm }), root.key);
        verifyChain([der, root.der].map(readCertificate), { endsInRoot: true });
        assert.ok(new X509Certificate(der).verify(new X509Certificate(root.der).publicKey));
      }
    }
  });

  it('a key signs with its own parameter set only', () => {
    const root = aRoot({}, aKey('ML-DSA-65'), 'ML-DSA-65');
    for (const signatureAlgorithm of ['ML-DSA-44', 'ML-DSA-87', 'SHA256-ECDSA', 'SHA256-RSA'] as const) {
      const request = aRequest(root, csrOf('ML-DSA-44'), { signatureAlgorithm });
      assert.throws(() => issue(request, root.key), fault('mismatch'));
    }
  });

  it('takes away what an ML-DSA key is not for, and refuses where nothing would be left (§5)', () => {
    const root = aRoot();
    const usagesOf = (usages: readonly KeyUsage[], kind: 'ML-DSA-44' | 'P-256') => {
      const algorithm = kind === 'P-256' ? 'SHA256-ECDSA' : kind;
      const csr = aCsr(aKey(kind), named('leaf'), [], [], algorithm);
      return readCertificate(issue(aRequest(root, csr, { profile: alike(usages) }), root.key).der).keyUsage;
    };
    const asked = ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement', 'decipherOnly'] as const;
    assert.deepEqual(usagesOf(asked, 'ML-DSA-44'), ['digitalSignature', 'nonRepudiation']);
    assert.deepEqual(usagesOf(asked, 'P-256'), asked);
    for (const usages of [['keyEncipherment'], ['dataEncipherment', 'keyAgreement', 'encipherOnly']] as const) {
      assert.throws(() => usagesOf(usages, 'ML-DSA-44'), fault('invalid', 'key-usage'));
    }
  });

  it('the lint knows the rule by itself', () => {
    const root = aRoot();
    const { der } = issue(aRequest(root, csrOf('ML-DSA-44'), { profile: alike(['digitalSignature']) }), root.key);
    const tbs = Uint8Array.from(readCertificate(der).tbs);
    const at = Buffer.from(tbs).indexOf(Buffer.from(keyUsage.encode(['digitalSignature'])));
    tbs.set(keyUsage.encode(['keyEncipherment']), at);
    assert.throws(() => lint(tbs, undefined), /ML-DSA key speaks of signatures only \(RFC 9881 §5\)/);
  });
});

/** CertificationRequestInfo, AlgorithmIdentifier, the signature's octets. */
function partsOf(csr: Uint8Array): [Uint8Array, Uint8Array, Uint8Array] {
  const whole = readDer(csr, 'csr').sequence();
  return [whole.element(), whole.element(), whole.bitStringOctets()];
}
