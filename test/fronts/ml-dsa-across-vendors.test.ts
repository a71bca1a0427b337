/** What the APIs that do not list ML-DSA do with an authority of Private CA's that has such a key. */
import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { awsAcmFront, signingName as acmName } from '../../src/fronts/aws-acm/front.ts';
import { awsPcaFront, signingName as pcaName } from '../../src/fronts/aws-pca/front.ts';
import { readCertificatePem } from '../../src/x509/certificate.ts';
import { assertException, type AwsCaller, awsCaller, ok } from './aws-call.ts';
import { activeRoot } from './aws-pca/pca.ts';
import type { House } from './house.ts';
import { ask, assertRefused, done, openHuawei } from './huawei-call.ts';
import { certificates, certificateWish, createByCsr, createCertificate, pendingWish } from './huawei-pca/pca.ts';
import { imported } from './huawei-scm/scm.ts';

const base64 = (pem: string) => Buffer.from(pem).toString('base64');

describe('an ML-DSA authority of Private CA', () => {
  let house: House;
  let acm: AwsCaller;
  let arn: string;
  let id: string;
  before(async () => {
    house = await openHuawei((parts) => [
      awsPcaFront({ ...parts.aws(pcaName), services: parts.services }),
      awsAcmFront({ ...parts.aws(acmName), services: parts.services }),
    ]);
    const pca = { house, call: awsCaller(house, { signingName: pcaName, targetPrefix: 'ACMPrivateCA' }) };
    acm = awsCaller(house, { signingName: acmName, targetPrefix: 'CertificateManager' });
    const mlDsa = { KeyAlgorithm: 'ML_DSA_44', SigningAlgorithm: 'ML_DSA_44', Subject: { CommonName: 'PQ' } };
    arn = (await activeRoot(pca, { CertificateAuthorityConfiguration: mlDsa }, { SigningAlgorithm: 'ML_DSA_44' })).arn;
    id = arn.slice(arn.lastIndexOf('/') + 1);
  });
  after(() => house.close());

  const exported = (certificate: string, type = 'OTHER') =>
    ask(house, 'POST', `${certificates}/${certificate}/export`, {
      body: { type, is_compressed: String(type !== 'OTHER') },
    });

  it('Huawei: certifies keys of every other kind, whatever the hash', async () => {
    for (const key_algorithm of ['RSA2048', 'EC256']) {
      for (const signature_algorithm of ['SHA256', 'SHA512', undefined]) {
        const leaf = await createCertificate(house, id, { key_algorithm, signature_algorithm });
        const { certificate } = (await exported(leaf)).json;
        assert.equal(readCertificatePem(certificate).signatureAlgorithm, 'ML-DSA-44');
        const shown = await done(house, 'GET', `${certificates}/${leaf}`);
        assert.deepEqual([shown.key_algorithm, shown.signature_algorithm], [key_algorithm, 'ML-DSA-44']);
      }
    }
    const csr = readFileSync(join(import.meta.dirname, '../vectors/csr/p256.pem'), 'utf8');
    await createByCsr(house, id, csr);
  });

  it('Huawei: refuses to be asked for such a key', async () => {
    for (const key_algorithm of ['MLDSA44', 'ML-DSA-44', 'ML_DSA_44']) {
      const wish = { body: pendingWish({ key_algorithm }) };
      assertRefused(await ask(house, 'POST', '/v1/private-certificate-authorities', wish), 400, 'PCA.00020102', /./);
      const leaf = { body: certificateWish(id, { key_algorithm }) };
      assertRefused(await ask(house, 'POST', certificates, leaf), 400, 'PCA.00020102', /./);
    }
  });

  it('Huawei: a leaf of its own kind by default, for signatures only, exported in what can hold it', async () => {
    const leaf = await createCertificate(house, id, { key_usages: ['digitalSignature', 'keyEncipherment'] });
    const shown = await done(house, 'GET', `${certificates}/${leaf}`);
    assert.deepEqual([shown.key_algorithm, shown.signature_algorithm], ['MLDSA44', 'ML-DSA-44']);
    const { certificate, private_key } = (await exported(leaf)).json;
    assert.deepEqual(readCertificatePem(certificate).keyUsage, ['digitalSignature']);
    assert.match(private_key, /^-----BEGIN PRIVATE KEY-----\r\n/);
    assert.ok(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(private_key)));
    for (const type of ['APACHE', 'NGINX', 'IIS']) assert.equal((await exported(leaf, type)).status, 200);
    assertRefused(await exported(leaf, 'TOMCAT'), 400, 'PCA.00020001', /JKS key store cannot hold an ML-DSA key/);
  });

  it('Huawei: every export of such a leaf works with and without a password, or says why not', async () => {
    const leaf = await createCertificate(house, id);
    const { certificates: list } = await done(house, 'GET', certificates);
    const { key_algorithm } = list.find((one: { certificate_id: string }) => one.certificate_id === leaf);
    assert.equal(key_algorithm, 'MLDSA44');
    const opens = (certificate: string, key: string, passphrase: string) => {
      const opened = createPrivateKey({ key, ...(key.includes('ENCRYPTED') && { passphrase }) });
      assert.equal(key.includes('ENCRYPTED'), passphrase !== '');
      assert.ok(new X509Certificate(certificate).checkPrivateKey(opened));
    };
    for (const password of ['', 'a-Passw0rd']) {
      const as = (type: string, is_compressed: string) =>
        ask(house, 'POST', `${certificates}/${leaf}/export`, { body: { type, is_compressed, password } });
      for (const type of ['APACHE', 'NGINX', 'IIS', 'TOMCAT', 'OTHER']) {
        const { status, json } = await as(type, 'false');
        assert.equal(status, 200);
        opens(json.certificate, json.private_key, password);
      }
      for (const [type, name] of [
        ['APACHE', 'server.crt'],
        ['NGINX', 'server.crt'],
        ['OTHER', 'server.pem'],
      ] as const) {
        const { status, bytes } = await as(type, 'true');
        assert.equal(status, 200);
        const files = unzipSync(bytes);
        const textOf = (file: string) => Buffer.from(files[file] ?? []).toString();
        opens(textOf(name), textOf('server.key'), password);
      }
      for (const profile of ['legacy', undefined]) {
        const name = 'pkcs12-profile';
        await house.world.store.commit('put-setting', { account: house.administrator.account, name, value: profile });
        const { status, bytes } = await as('IIS', 'true');
        assert.equal(status, 200);
        const files = unzipSync(bytes);
        const passphrase = password || Buffer.from(files['keystorePass.txt'] ?? []).toString();
        // Reads the key, and compares it with the certificate.
        if (profile === undefined) createSecureContext({ pfx: Buffer.from(files['server.pfx'] ?? []), passphrase });
      }
      assertRefused(await as('TOMCAT', 'true'), 400, 'PCA.00020001', /cannot hold an ML-DSA key, expected RSA or EC/);
    }
    const onlyEncryption = { body: certificateWish(id, { key_usages: ['keyEncipherment'] }) };
    assertRefused(await ask(house, 'POST', certificates, onlyEncryption), 400, 'PCA.00020001', /ML-DSA/);
  });

  it('ACM: a request fails with PCA_INVALID_ARGS, as of any other family', async () => {
    for (const KeyAlgorithm of [undefined, 'EC_prime256v1']) {
      const wish = { DomainName: 'www.example.com', CertificateAuthorityArn: arn, KeyAlgorithm };
      const { CertificateArn } = ok(await acm('RequestCertificate', wish));
      const { Certificate } = ok(await acm('DescribeCertificate', { CertificateArn }));
      assert.deepEqual([Certificate.Status, Certificate.FailureReason], ['FAILED', 'PCA_INVALID_ARGS']);
    }
    const asked = { DomainName: 'www.example.com', CertificateAuthorityArn: arn, KeyAlgorithm: 'ML_DSA_44' };
    assertException(await acm('RequestCertificate', asked), 'ValidationException', /keyAlgorithm/);
  });

  it('ACM and SCM: import none of its kind', async () => {
    const leaf = await createCertificate(house, id);
    const { certificate, certificate_chain: chain, private_key: key } = (await exported(leaf)).json;
    const files = { Certificate: base64(certificate), CertificateChain: base64(chain), PrivateKey: base64(key) };
    const sentence = 'The private key is not supported.';
    assertException(await acm('ImportCertificate', files), 'ValidationException', sentence);
    const body = { name: 'ml-dsa', certificate, certificate_chain: chain, private_key: key };
    assertRefused(await ask(house, 'POST', `${imported}/import`, { body }), 400, 'SCM.0010', /not allowed/);
  });

  it('SCM: an RSA certificate below it shows the name of its signature', async () => {
    const leaf = await createCertificate(house, id, { key_algorithm: 'RSA2048' });
    const { certificate, certificate_chain: chain, private_key: key } = (await exported(leaf)).json;
    const body = { name: 'rsa-below', certificate, certificate_chain: chain, private_key: key };
    const { certificate_id } = await done(house, 'POST', `${imported}/import`, { body });
    assert.equal((await done(house, 'GET', `${imported}/${certificate_id}`)).signature_algorithm, 'ML-DSA-44');
  });
});
