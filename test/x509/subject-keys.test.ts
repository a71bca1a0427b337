import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { readCertificate } from '../../src/x509/certificate.ts';
import { aCsr, aRequest, aRoot, fault, issue, named } from './an-authority.ts';

const root = aRoot();

function certify(bits: number) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const key = { privateKey, spki: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' })) };
  return issue(
    aRequest(root, aCsr(key, named('host'), [{ kind: 'dns', value: 'host.example.com' }], [], 'SHA256-RSA')),
    root.key,
  );
}

describe("a client's own RSA key", () => {
  it('of a size that no service makes is certified: the floor is 2,048 bits, the ceiling 8,192', () => {
    const signed = certify(2560);
    assert.equal(signed.keyAlgorithm, 'RSA-2560');
    assert.equal(readCertificate(signed.der).publicKey.text, 'RSA-2560');
  });

  it('below the floor is refused', () => {
    assert.throws(() => certify(1536), fault('invalid', 'weak-key'));
  });
});
