import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { csrFor } from '../../../scripts/make-csr.ts';
import { readCertificatePem } from '../../../src/x509/certificate.ts';
import { needsPython, outputOf } from '../../programs.ts';
import { assertException, ok } from '../aws-call.ts';
import {
  activeRoot,
  activeSubordinate,
  csrOf,
  csrVector,
  describe as described,
  issuance,
  issued,
  openPca,
  template,
} from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

const configured = (KeyAlgorithm: string, CommonName: string, SigningAlgorithm = KeyAlgorithm) => ({
  CertificateAuthorityConfiguration: { KeyAlgorithm, SigningAlgorithm, Subject: { CommonName } },
});
const signedBy = (SigningAlgorithm: string, more: Record<string, unknown> = {}) => ({ SigningAlgorithm, ...more });

describe('Private CA with ML-DSA', () => {
  let root: { arn: string; certificate: string };
  let sub: { arn: string; certificate: string };
  before(async () => {
    // OpenSSL's handshake asks the system's clock.
    house.clock.advance({ seconds: Math.floor((Date.now() - house.clock.now()) / 1000) });
    root = await activeRoot(pca, configured('ML_DSA_87', 'PQ Root'), signedBy('ML_DSA_87'));
    sub = await activeSubordinate(pca, root.arn, 0, configured('ML_DSA_65', 'PQ Issuing'), 'ML_DSA_87');
  });

  /** A leaf for localhost over a new ML-DSA-44 key. */
  async function aLeaf() {
    const { publicKey, privateKey } = generateKeyPairSync('ml-dsa-44');
    const csr = csrFor('localhost', publicKey, privateKey, 'ML-DSA-44');
    const { certificate, chain } = await issued(pca, sub.arn, csr, signedBy('ML_DSA_65'));
    return { certificate, chain: String(chain), key: privateKey };
  }

  describe('accepts', () => {
    it('every key algorithm for roots, and shows what it was given', async () => {
      for (const name of ['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87']) {
        const { arn, certificate } = await activeRoot(pca, configured(name, name), signedBy(name));
        const { CertificateAuthorityConfiguration: shown, Status } = await described(pca, arn);
        assert.deepEqual([shown.KeyAlgorithm, shown.SigningAlgorithm, Status], [name, name, 'ACTIVE']);
        const { signatureAlgorithm, keyAlgorithm, keyUsage } = readCertificatePem(certificate);
        const here = name.replaceAll('_', '-');
        assert.deepEqual([signatureAlgorithm, keyAlgorithm], [here, here]);
        assert.deepEqual(keyUsage, ['digitalSignature', 'keyCertSign', 'cRLSign']);
      }
    });

    it('requests of another implementation, under authorities of each family', async () => {
      const ec = await activeRoot(pca);
      for (const [arn, algorithm] of [
        [sub.arn, 'ML_DSA_65'],
        [ec.arn, 'SHA256WITHECDSA'],
      ] as const) {
        for (const name of ['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87']) {
          const { certificate } = await issued(pca, arn, csrVector(name), signedBy(algorithm));
          assert.equal(readCertificatePem(certificate).keyAlgorithm, name.toUpperCase());
        }
        for (const name of ['p256', 'rsa2048']) await issued(pca, arn, csrVector(name), signedBy(algorithm));
      }
    });
  });

  describe('refuses', () => {
    it('a signature of another family or parameter set, in the words of the service', async () => {
      for (const algorithm of ['ML_DSA_44', 'ML_DSA_87', 'SHA256WITHRSA', 'SHA512WITHECDSA', 'SHA256WITHRSA_PSS']) {
        const answer = await call('IssueCertificate', issuance(sub.arn, csrVector('p256'), signedBy(algorithm)));
        const sentence = `Signing algorithm ${algorithm} cannot be used with key type ML_DSA_65. Valid signing algorithms are: ML_DSA_65.`;
        assertException(answer, 'InvalidArgsException', sentence);
      }
    });

    it('a key usage that leaves an ML-DSA key nothing to do', async () => {
      const ApiPassthrough = { Extensions: { KeyUsage: { KeyEncipherment: true, KeyAgreement: true } } };
      const TemplateArn = template('BlankEndEntityCertificate_APIPassthrough');
      const more = signedBy('ML_DSA_65', { ApiPassthrough, TemplateArn });
      const answer = await call('IssueCertificate', issuance(sub.arn, csrVector('ml-dsa-44'), more));
      assertException(answer, 'InvalidArgsException', /an ML-DSA key only signs/);
    });

    it('a request whose signature was changed', async () => {
      const der = Buffer.from(csrVector('ml-dsa-65').replace(/-.*-/g, ''), 'base64');
      der.writeUInt8(der.readUInt8(der.length - 1000) ^ 1, der.length - 1000);
      const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
      const answer = await call('IssueCertificate', issuance(sub.arn, pem, signedBy('ML_DSA_65')));
      assertException(answer, 'MalformedCSRException', /signature does not verify/);
    });
  });

  describe('does', () => {
    it('leaves keyEncipherment out of the leaf of an ML-DSA key, and out of no other (RFC 9881 §5)', async () => {
      const usagesOf = async (name: string, templateName: string) => {
        const more = signedBy('ML_DSA_65', { TemplateArn: template(templateName) });
        return readCertificatePem((await issued(pca, sub.arn, csrVector(name), more)).certificate).keyUsage;
      };
      for (const name of [
        'EndEntityCertificate',
        'EndEntityServerAuthCertificate',
        'EndEntityClientAuthCertificate_APIPassthrough',
        'BlankEndEntityCertificate_CSRPassthrough',
      ]) {
        assert.deepEqual(await usagesOf('ml-dsa-65', name), ['digitalSignature'], name);
      }
      for (const name of ['p256', 'rsa2048']) {
        assert.deepEqual(await usagesOf(name, 'EndEntityCertificate'), ['digitalSignature', 'keyEncipherment']);
      }
    });

    it('makes a root, a subordinate and leaves that complete a TLS 1.3 handshake, both sides with certificates', async () => {
      const [server, client] = [await aLeaf(), await aLeaf()];
      const { protocol, peer, subject, type } = await handshake(server, client, root.certificate);
      assert.equal(protocol, 'TLSv1.3');
      assert.deepEqual([peer, subject], ['localhost', 'localhost']);
      assert.equal(type, 'ml-dsa-44');
    });

    it('makes what PyPI’s cryptography verifies: certificates, the request of the authority, the key', async (t) => {
      const python = needsPython(t, 'cryptography.hazmat.primitives.asymmetric.mldsa', 'cryptography');
      if (python === undefined) return;
      const { certificate, key } = await aLeaf();
      const folder = mkdtempSync(join(tmpdir(), 'chancery-ml-dsa-'));
      try {
        const files = {
          'leaf.pem': certificate,
          'sub.pem': sub.certificate,
          'root.pem': root.certificate,
          'ca.csr': await csrOf(pca, sub.arn),
          'leaf.key': pemOf(key),
        };
        for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text.trimEnd()}\n`);
        const script = join(import.meta.dirname, '../../judges/ml_dsa.py');
        assert.deepEqual((await outputOf(python, ['-B', script, folder])).toString().trim().split('\n'), [
          '2.16.840.1.101.3.4.3.18 MLDSA44PublicKey',
          '2.16.840.1.101.3.4.3.19 MLDSA65PublicKey',
          '2.16.840.1.101.3.4.3.19 MLDSA87PublicKey',
        ]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('revokes and lists them as any other', async () => {
      const { certificate } = await aLeaf();
      const CertificateSerial = new X509Certificate(certificate).serialNumber;
      const wish = { CertificateAuthorityArn: sub.arn, CertificateSerial, RevocationReason: 'KEY_COMPROMISE' };
      ok(await call('RevokeCertificate', wish));
      const { CertificateAuthorities: all } = ok(await call('ListCertificateAuthorities'));
      const names = all.map((one: typeof all) => one.CertificateAuthorityConfiguration.KeyAlgorithm);
      assert.ok(names.includes('ML_DSA_65') && names.includes('ML_DSA_87'));
    });
  });
});

interface Side {
  readonly certificate: string;
  readonly chain: string;
  readonly key: KeyObject;
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** What the two see of each other; each demands the other's certificate. */
async function handshake(server: Side, client: Side, root: string) {
  const side = ({ certificate, chain, key }: Side) => ({
    cert: `${certificate}\n${chain}`,
    key: pemOf(key),
    ca: root,
    minVersion: 'TLSv1.3' as const,
  });
  const listener = createServer({ ...side(server), requestCert: true, rejectUnauthorized: true });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  try {
    const { port } = listener.address() as AddressInfo; // a TCP server's address is one
    const accepted = once(listener, 'secureConnection');
    const socket = connect({ ...side(client), host: '127.0.0.1', port, servername: 'localhost' });
    await once(socket, 'secureConnect');
    const [other]: TLSSocket[] = await accepted;
    const seen = {
      protocol: socket.getProtocol(),
      peer: socket.getPeerCertificate().subject.CN,
      subject: other?.getPeerCertificate().subject.CN,
      type: createPublicKey(socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'pem' }) ?? '')
        .asymmetricKeyType,
    };
    socket.destroy();
    other?.destroy();
    return seen;
  } finally {
    listener.close();
  }
}
