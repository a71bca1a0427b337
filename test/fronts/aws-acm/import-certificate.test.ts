import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { assertException, type AwsAnswer, ok } from '../aws-call.ts';
import { absent, authority, described, openAcm, requested } from './acm.ts';
import { foreign, foreignChain, importInput, newKey, vectorKey } from './foreign.ts';

const acm = await openAcm();
const { house, call } = acm;
after(() => house.close());

type Files = Parameters<typeof importInput>[0];
const importing = (files: Files, more: Record<string, unknown> = {}) =>
  call('ImportCertificate', { ...importInput(files), ...more });
const assertRefused = (answer: AwsAnswer, sentence: string | RegExp) =>
  assertException(answer, 'ValidationException', sentence);
const pathSentence = 'Could not validate the certificate with the certificate chain.';

describe('ACM ImportCertificate', () => {
  describe('accepts', () => {
    it('every key algorithm of the service, RSA_1024 too, in every unencrypted form of the key', async () => {
      const kinds = { 'rsa-1024': 'RSA-1024', 'rsa-2048': 'RSA-2048', 'rsa-3072': 'RSA-3072', 'rsa-4096': 'RSA-4096' };
      for (const [vector, KeyAlgorithm] of Object.entries(kinds)) {
        const key = vectorKey(vector);
        const made = foreign({ key });
        for (const type of ['pkcs1', 'pkcs8'] as const) {
          const privateKey = key.export({ format: 'pem', type }).toString();
          const { CertificateArn } = ok(await importing({ ...made, privateKey }));
          assert.equal((await described(acm, CertificateArn)).KeyAlgorithm, KeyAlgorithm);
        }
      }
      for (const [vector, KeyAlgorithm] of [
        ['p-256', 'EC-prime256v1'],
        ['p-384', 'EC-secp384r1'],
        ['p-521', 'EC-secp521r1'],
      ] as const) {
        const key = vectorKey(vector);
        const privateKey = key.export({ format: 'pem', type: 'sec1' }).toString();
        const { CertificateArn } = ok(await importing({ ...foreign({ key }), privateKey }));
        assert.equal((await described(acm, CertificateArn)).KeyAlgorithm, KeyAlgorithm);
      }
    });

    it('a chain with and without its root, and lines that end in CRLF', async () => {
      const { leaf, issuing, chain } = foreignChain();
      for (const given of [chain, issuing.certificate, chain.replaceAll('\n', '\r\n')]) {
        ok(await importing({ ...leaf, chain: given }));
      }
    });
  });

  describe('does', () => {
    it('keeps the tags of a new import and audits it', async () => {
      const { CertificateArn } = ok(await importing(foreign(), { Tags: [{ Key: 'from', Value: 'elsewhere' }] }));
      assert.deepEqual(ok(await call('ListTagsForCertificate', { CertificateArn })).Tags, [
        { Key: 'from', Value: 'elsewhere' },
      ]);
      assert.deepEqual(house.audited.at(-1), {
        verb: 'imported',
        what: 'certificate',
        id: String(CertificateArn).slice(-36),
      });
    });

    it('imports over an import: the same ARN and tags, the new certificate, a new moment of import', async () => {
      const { CertificateArn } = ok(await importing(foreign(), { Tags: [{ Key: 'kept' }] }));
      const before = await described(acm, CertificateArn);
      house.clock.advance({ minutes: 5 });
      const { leaf, chain } = foreignChain({ names: ['new.example.com'], subject: 'CN=new.example.com', to: 200 });
      assert.deepEqual(ok(await importing({ ...leaf, chain }, { CertificateArn })), { CertificateArn });
      const found = await described(acm, CertificateArn);
      assert.equal(found.DomainName, 'new.example.com');
      assert.equal(found.CreatedAt, before.CreatedAt);
      assert.equal(found.ImportedAt, before.ImportedAt + 300);
      assert.deepEqual(ok(await call('ListTagsForCertificate', { CertificateArn })).Tags, [{ Key: 'kept', Value: '' }]);
      const { Certificate } = ok(await call('GetCertificate', { CertificateArn }));
      assert.equal(new X509Certificate(Certificate).checkPrivateKey(createPrivateKey(leaf.privateKey)), true);
    });

    it('leaves no trace of the private key in the log', async () => {
      const made = foreign();
      ok(await importing(made));
      assertRefused(await importing({ ...made, privateKey: `${made.privateKey}x` }), /private key/);
      const line = made.privateKey.split('\n')[1] ?? '';
      assert.equal(house.logged.join('').includes(line), false);
    });
  });

  describe('refuses', () => {
    it('more than one certificate in its field', async () => {
      const { leaf, chain } = foreignChain();
      assertRefused(
        await importing({ ...leaf, certificate: leaf.certificate + chain }),
        'The certificate field contains more than one certificate. You can specify only one certificate in this field.',
      );
    });

    it('what is not PEM, or holds something else, by field', async () => {
      const { leaf, chain } = foreignChain();
      const certificate = 'The certificate is not PEM-encoded or is not valid.';
      const cut = leaf.certificate.replace(/\n[^-\n]{20}/, '\n');
      for (const text of ['no PEM', leaf.privateKey, cut]) {
        assertRefused(await importing({ ...leaf, chain, certificate: text }), certificate);
      }
      const der = Buffer.from(new X509Certificate(leaf.certificate).raw).toString('base64');
      assertRefused(await importing({ ...leaf, chain }, { Certificate: der }), certificate);
      const privateKey = 'The private key is not PEM-encoded or is not valid.';
      for (const text of ['no PEM', leaf.certificate, leaf.privateKey.replace(/\n[^-\n]{20}/, '\n')]) {
        assertRefused(await importing({ ...leaf, chain, privateKey: text }), privateKey);
      }
      const keyDer = leaf.key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
      assertRefused(await importing({ ...leaf, chain }, { PrivateKey: keyDer }), privateKey);
      for (const text of ['no PEM', leaf.privateKey]) {
        assertRefused(
          await importing({ ...leaf, chain: text }),
          'The certificate chain is not PEM-encoded or is not valid.',
        );
      }
    });

    it("a key that is another certificate's, and an encrypted one", async () => {
      const made = foreign();
      assertRefused(
        await importing({ ...made, privateKey: foreign().privateKey }),
        'The private key does not match the public key of the certificate.',
      );
      for (const type of ['pkcs8', 'sec1'] as const) {
        const privateKey = made.key.export({ format: 'pem', type, cipher: 'aes-256-cbc', passphrase: 'secret' });
        assertRefused(
          await importing({ ...made, privateKey: privateKey.toString() }),
          'The private key is encrypted. The private key must be unencrypted.',
        );
      }
    });

    it('a key of more than 5,120 bytes, without showing it', async () => {
      const made = foreign();
      const privateKey = made.privateKey + '\n'.repeat(5121 - made.privateKey.length);
      assertRefused(
        await importing({ ...made, privateKey }),
        "1 validation error detected: Value at 'privateKey' failed to satisfy constraint: Member must have length less than or equal to 5120",
      );
    });

    it('a chain out of order, of others, with the certificate itself in it, or signed by another key', async () => {
      const { leaf, issuing, root } = foreignChain();
      const stranger = foreign({ subject: 'CN=Stranger', isAuthority: true });
      const impostor = foreign({ subject: issuing.subject, isAuthority: true });
      for (const chain of [
        root.certificate + issuing.certificate,
        stranger.certificate,
        leaf.certificate + issuing.certificate,
        impostor.certificate,
      ]) {
        assertRefused(await importing({ ...leaf, chain }), pathSentence);
      }
    });

    it('a chain in which no authority signed', async () => {
      const notAuthority = foreign({ subject: 'CN=No Authority' });
      const leaf = foreign({ issuer: notAuthority });
      assertRefused(await importing({ ...leaf, chain: notAuthority.certificate }), pathSentence);
    });

    it('one that others signed, without a chain', async () => {
      const { leaf } = foreignChain();
      const claimed = foreign({ issuer: { ...foreign(), key: newKey() } });
      for (const made of [leaf, claimed]) {
        assertRefused(
          await importing(made),
          'Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.',
        );
      }
    });

    it('one that has ended or has not begun', async () => {
      assertRefused(await importing(foreign({ to: -1 })), 'The certificate has expired, is not valid.');
      assertRefused(await importing(foreign({ from: 1 })), 'The certificate is not in effect yet, is not valid.');
    });

    it('version 1, an empty issuer, an OCSP URL of more than 1,000 characters', async () => {
      assertRefused(await importing(foreign({ version: 1 })), 'The certificate is not an X.509 version 3 certificate.');
      assertRefused(await importing(foreign({ subject: '' })), 'The issuer of the certificate is empty.');
      const ocsp = (length: number) => foreign({ ocsp: `http://ocsp.test/${'x'.repeat(length - 17)}` });
      ok(await importing(ocsp(1000)));
      assertRefused(await importing(ocsp(1001)), 'The OCSP URL of the certificate exceeds 1000 characters.');
    });

    it('a key of another family than that of the authority which signed', async () => {
      const { leaf, chain } = foreignChain({ key: vectorKey('rsa-2048') });
      assertRefused(await importing({ ...leaf, chain }, {}), /does not match the key algorithm of the signing CA\.$/);
    });

    it('a key algorithm that the service does not have', async () => {
      const key = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
      assertRefused(await importing(foreign({ key })), 'The private key is not supported.');
    });

    it('to import over: with tags, over what was not imported or is not there, with new usage extensions', async () => {
      const { CertificateArn } = ok(await importing(foreign()));
      assertRefused(
        await importing(foreign(), { CertificateArn, Tags: [{ Key: 'x' }] }),
        'Tagging is not permitted on re-import.',
      );
      for (const wish of [{ keyUsages: ['digitalSignature'] as const }, { purposes: ['1.3.6.1.5.5.7.3.1'] }]) {
        assertRefused(await importing(foreign(wish), { CertificateArn }), /^A certificate cannot be reimported with/);
      }
      const issuer = await authority(acm);
      const issued = await requested(acm, issuer.arn);
      assertRefused(
        await importing(foreign(), { CertificateArn: issued }),
        'Only an imported certificate can be reimported.',
      );
      assertException(
        await importing(foreign(), { CertificateArn: absent(CertificateArn) }),
        'ResourceNotFoundException',
        `Could not find certificate ${absent(CertificateArn)}.`,
      );
    });

    it('to import over with a key of another type or size, without a usage, or without any domain name', async () => {
      const serverAuth = '1.3.6.1.5.5.7.3.1';
      const clientAuth = '1.3.6.1.5.5.7.3.2';
      const keyUsages = ['digitalSignature', 'keyEncipherment'] as const;
      const before = { names: ['a.example.com'], purposes: [serverAuth, clientAuth], keyUsages };
      const { CertificateArn } = ok(await importing(foreign(before)));
      const over = (wish: Parameters<typeof foreign>[0]) =>
        importing(foreign({ ...before, ...wish }), { CertificateArn });
      for (const key of [vectorKey('p-384'), vectorKey('rsa-2048')]) {
        assertRefused(await over({ key }), /^The key type and size of a certificate cannot be changed/);
      }
      for (const lost of [{ keyUsages: ['keyEncipherment'] as const }, { purposes: [clientAuth] }]) {
        assertRefused(await over(lost), /^A certificate cannot be reimported without a key usage/);
      }
      const nameless = { subject: 'CN=10.0.0.1', names: [], addresses: ['10.0.0.1'] };
      assertRefused(await over(nameless), /^All of the domain names/);
      assert.equal((await described(acm, CertificateArn)).DomainName, 'a.example.com');
      // What may go: client authentication, and keyEncipherment of an EC key; more may come at any time.
      ok(await over({ purposes: [serverAuth], keyUsages: ['digitalSignature'], names: ['b.example.com'] }));
      ok(await over({ purposes: [serverAuth, '1.3.6.1.5.5.7.3.4'], keyUsages: ['digitalSignature', 'keyAgreement'] }));
    });

    it('to lose keyEncipherment where the key is RSA', async () => {
      const key = vectorKey('rsa-2048');
      const { CertificateArn } = ok(
        await importing(foreign({ key, keyUsages: ['digitalSignature', 'keyEncipherment'] })),
      );
      const without = foreign({ key, keyUsages: ['digitalSignature'] });
      assertRefused(await importing(without, { CertificateArn }), /^A certificate cannot be reimported without/);
    });

    it('tags with the reserved prefix, and nothing is imported', async () => {
      const list = async () => ok(await call('ListCertificates', keyTypes)).CertificateSummaryList.length;
      const before = await list();
      assertException(await importing(foreign(), { Tags: [{ Key: 'aws:x' }] }), 'InvalidTagException');
      assert.equal(await list(), before);
    });

    it('a request without certificate and key, both in one message', async () => {
      assertRefused(
        await call('ImportCertificate', {}),
        "2 validation errors detected: Value null at 'certificate' failed to satisfy constraint: Member must not be null; " +
          "Value null at 'privateKey' failed to satisfy constraint: Member must not be null",
      );
    });
  });
});

const keyTypes = { Includes: { keyTypes: ['EC_prime256v1'] } };
