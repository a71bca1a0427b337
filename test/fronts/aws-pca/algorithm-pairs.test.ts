import assert from 'node:assert/strict';
import { constants, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readCertificatePem } from '../../../src/x509/certificate.ts';
import { needs, outputOf } from '../../programs.ts';
import { type AwsAnswer, assertException } from '../aws-call.ts';
import { activeRoot, activeSubordinate, csrVector, issuance, issued, judge, openPca } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

const rsa = ['SHA256WITHRSA', 'SHA384WITHRSA', 'SHA512WITHRSA'];
const pss = ['SHA256WITHRSA_PSS', 'SHA384WITHRSA_PSS', 'SHA512WITHRSA_PSS'];
const ecdsa = ['SHA256WITHECDSA', 'SHA384WITHECDSA', 'SHA512WITHECDSA'];
const mlDsa = ['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'];
/** Private CA's algorithms but SM2, and which signatures each key makes. */
const valid: Readonly<Record<string, readonly string[]>> = {
  RSA_2048: [...rsa, ...pss],
  RSA_3072: [...rsa, ...pss],
  RSA_4096: [...rsa, ...pss],
  EC_prime256v1: ecdsa,
  EC_secp384r1: ecdsa,
  EC_secp521r1: ecdsa,
  ML_DSA_44: ['ML_DSA_44'],
  ML_DSA_65: ['ML_DSA_65'],
  ML_DSA_87: ['ML_DSA_87'],
};
const everySignature = [...ecdsa, ...rsa, ...pss, ...mlDsa];
const configured = (KeyAlgorithm: string, SigningAlgorithm: string) => ({
  CertificateAuthorityConfiguration: { KeyAlgorithm, SigningAlgorithm, Subject: { CommonName: 'Pairs' } },
});

/** InvalidArgsException in the sentence of the service (recorded for an RSA_2048 key). */
function assertCannot(answer: AwsAnswer, key: string, signature: string): void {
  const sentence = `Signing algorithm ${signature} cannot be used with key type ${key}. Valid signing algorithms are: ${valid[key]?.join(', ')}.`;
  assertException(answer, 'InvalidArgsException', sentence);
}

describe('key and signing algorithms of Private CA', () => {
  for (const [key, signatures] of Object.entries(valid)) {
    // RSA-4096 takes seconds to make and differs from RSA-3072 in nothing here.
    if (key === 'RSA_4096') continue;

    it(`${key}: a root signs with each of ${signatures.length} algorithms and with no other`, async () => {
      const first = signatures[0] ?? '';
      const { arn, certificate } = await activeRoot(pca, configured(key, first), { SigningAlgorithm: first });
      const root = new X509Certificate(certificate);
      for (const signature of everySignature) {
        if (!signatures.includes(signature)) {
          assertCannot(
            await call('IssueCertificate', issuance(arn, csrVector('p256'), { SigningAlgorithm: signature })),
            key,
            signature,
          );
          continue;
        }
        for (const csr of ['p256', 'rsa2048', 'ml-dsa-44']) {
          const leaf = await issued(pca, arn, csrVector(csr), { SigningAlgorithm: signature });
          assert.ok(new X509Certificate(leaf.certificate).verify(root.publicKey), `${signature} over ${csr}`);
          assert.equal(readCertificatePem(leaf.certificate).signatureAlgorithm, here(signature));
        }
      }
    });

    it(`${key}: is configured with no signing algorithm of another family`, async () => {
      for (const signature of everySignature) {
        if (signatures.includes(signature)) continue;
        const wish = { CertificateAuthorityType: 'ROOT', ...configured(key, signature) };
        assertCannot(await call('CreateCertificateAuthority', wish), key, signature);
      }
    });
  }

  describe('RSA-PSS', () => {
    let chains: { readonly signature: string; readonly leaf: string; readonly sub: string; readonly root: string }[];
    before(async () => {
      chains = [];
      // Java asks the system's clock.
      house.clock.advance({ seconds: Math.floor((Date.now() - house.clock.now()) / 1000) });
      for (const signature of pss) {
        const wish = configured('RSA_2048', signature);
        const root = await activeRoot(pca, wish, { SigningAlgorithm: signature });
        const sub = await activeSubordinate(
          pca,
          root.arn,
          0,
          {
            CertificateAuthorityConfiguration: {
              ...wish.CertificateAuthorityConfiguration,
              Subject: { CommonName: 'S' },
            },
          },
          signature,
        );
        const leaf = await issued(pca, sub.arn, csrVector('p256'), { SigningAlgorithm: signature });
        chains.push({ signature, leaf: leaf.certificate, sub: sub.certificate, root: root.certificate });
      }
    });

    it('chains are verified by openssl, which reads MGF1 of the same hash and a salt of its length (RFC 4055 §3.1)', async (t) => {
      for (const { signature, leaf, sub, root } of chains) {
        const files = { 'leaf.pem': leaf, 'sub.pem': sub, 'root.pem': root };
        const at = ['-attime', String(house.clock.now() / 1000)];
        const args = ['verify', '-x509_strict', ...at, '-CAfile', 'root.pem', '-untrusted', 'sub.pem', 'leaf.pem'];
        if ((await judge(t, files, args)) === '') return;
        const bits = Number(signature.slice(3, 6));
        const text = await judge(t, files, ['x509', '-in', 'leaf.pem', '-noout', '-text']);
        assert.match(text, new RegExp(`Hash Algorithm: sha${bits}\\s+Mask Algorithm: mgf1 with sha${bits}`));
        assert.match(text, new RegExp(`Salt Length: 0x${(bits / 8).toString(16).toUpperCase()}\\n`));
      }
    });

    it('signatures have a salt of exactly that length', () => {
      for (const { signature, leaf, sub } of chains) {
        const { tbs, signature: octets } = readCertificatePem(leaf);
        const bits = Number(signature.slice(3, 6));
        const padding = constants.RSA_PKCS1_PSS_PADDING;
        const key = createPublicKey(sub);
        const verifies = (saltLength: number) => verify(`sha${bits}`, tbs, { key, padding, saltLength }, octets);
        assert.deepEqual([verifies(bits / 8), verifies(20), verifies(0)], [true, false, false]);
      }
    });

    it('the key stays rsaEncryption: its signature says PSS, the key does not', () => {
      for (const { leaf: _, ...above } of chains) {
        for (const pem of [above.sub, above.root]) {
          assert.equal(new X509Certificate(pem).publicKey.asymmetricKeyType, 'rsa');
        }
      }
    });

    it('chains are validated by Java’s CertPathValidator', async (t) => {
      const java = needs(t, 'java');
      if (java === undefined) return;
      const folder = mkdtempSync(join(tmpdir(), 'chancery-pss-'));
      try {
        const paths = chains.map(({ signature, leaf, sub, root }) => {
          const path = join(folder, signature);
          writeFileSync(path, `${[leaf, sub, root].map((pem) => pem.trim()).join('\n')}\n`);
          return path;
        });
        const printed = await outputOf(java, [join(import.meta.dirname, '../../judges/ValidatePaths.java'), ...paths]);
        assert.deepEqual(printed.toString().trim().split('\n'), ['ok', 'ok', 'ok']);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it('SM2, which the model has, is refused as not made here', async () => {
    const wish = { CertificateAuthorityType: 'ROOT', ...configured('SM2', 'SM3WITHSM2') };
    assertException(await call('CreateCertificateAuthority', wish), 'InvalidArgsException', /SM2 is not supported/);
  });
});

/** `SHA256WITHRSA_PSS` → `SHA256-RSA-PSS`. */
function here(signature: string): string {
  return signature.replace('WITH', '-').replaceAll('_', '-');
}
