import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { judge } from '../aws-pca/pca.ts';
import { authority, described, openAcm, requested } from './acm.ts';
import { foreign, importInput } from './foreign.ts';

const acm = await openAcm();
const { house, call } = acm;
const issuer = await authority(acm);
const arn = await requested(acm, issuer.arn);
after(() => house.close());

const exported = (passphrase: string | Uint8Array, CertificateArn = arn) =>
  call('ExportCertificate', { CertificateArn, Passphrase: Buffer.from(passphrase).toString('base64') });

describe('ACM ExportCertificate', () => {
  describe('accepts', () => {
    it('a passphrase of 4 and of 128 bytes, with any character but three', async () => {
      const others = String.fromCharCode(...Array.from({ length: 95 }, (_, at) => 32 + at)).replace(/[#$%]/g, '');
      for (const passphrase of ['four', 'x'.repeat(128), others, ' \t\u0001\n\u007f']) {
        const { Certificate, PrivateKey } = ok(await exported(passphrase));
        const key = createPrivateKey({ key: PrivateKey, passphrase });
        assert.equal(new X509Certificate(Certificate).checkPrivateKey(key), true);
      }
    });
  });

  describe('does', () => {
    it('gives a key that openssl opens, of PBES2 with AES-256, HMAC-SHA-256 and 100,000 rounds or more', async (t) => {
      const { Certificate, CertificateChain, PrivateKey } = ok(await exported('correct horse'));
      assert.match(PrivateKey, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n[^-]+-----END ENCRYPTED PRIVATE KEY-----\n$/);
      const files = { 'all.pem': `${Certificate}${CertificateChain}${PrivateKey}`, 'key.pem': PrivateKey };
      const opened = await judge(t, files, ['pkey', '-in', 'all.pem', '-passin', 'pass:correct horse', '-pubout']);
      if (opened !== '') assert.equal(opened, new X509Certificate(Certificate).publicKey.export(spki));
      const parts = await judge(t, files, ['asn1parse', '-in', 'key.pem']);
      if (parts !== '') assert.match(parts, /PBES2[^]*PBKDF2[^]*hmacWithSHA256[^]*aes-256-cbc/);
      const rounds = /INTEGER\s+:([0-9A-F]+)/.exec(parts)?.[1] ?? 'FFFFFFFF';
      assert.ok(parseInt(rounds, 16) >= 100_000);
    });

    it('notes that the key left, for the audit and for renewal', async () => {
      const fresh = await requested(acm, issuer.arn);
      assert.equal((await described(acm, fresh)).RenewalEligibility, 'INELIGIBLE');
      ok(await exported('passphrase', fresh));
      assert.equal((await described(acm, fresh)).RenewalEligibility, 'ELIGIBLE');
      assert.deepEqual(house.audited.at(-1), { verb: 'exported', what: 'private key', id: fresh.slice(-36) });
    });

    it('leaves no trace of the passphrase in the log', async () => {
      ok(await exported('unmistakable-passphrase'));
      assertException(await exported('unmistakable#passphrase'), 'ValidationException');
      const forms = ['unmistakable', Buffer.from('unmistakable').toString('base64').slice(0, 12)];
      for (const form of forms) assert.equal(house.logged.join('').includes(form), false);
    });
  });

  describe('refuses', () => {
    it('a passphrase that is too short or too long without repeating it', async () => {
      assertException(
        await exported('abc'),
        'ValidationException',
        "1 validation error detected: Value at 'passphrase' failed to satisfy constraint: Member must have length greater than or equal to 4",
      );
      assertException(await exported('x'.repeat(129)), 'ValidationException', /less than or equal to 128$/);
    });

    it('a passphrase with #, $, % or what is not ASCII, or ended by a line end', async () => {
      for (const passphrase of ['a#bc', 'a$bc', 'a%bc', 'pässword', 'from a file\n', 'from a file\r']) {
        assertException(await exported(passphrase), 'ValidationException', /^The passphrase can contain any ASCII/);
      }
    });

    it('an import, whose key its owner has', async () => {
      const { CertificateArn } = ok(await call('ImportCertificate', importInput(foreign())));
      assertException(
        await exported('passphrase', CertificateArn),
        'ValidationException',
        `Certificate ARN: ${CertificateArn} is not a private certificate`,
      );
    });

    it('a key that may only read', async () => {
      const Passphrase = Buffer.from('passphrase').toString('base64');
      const answer = await call('ExportCertificate', { CertificateArn: arn, Passphrase }, { key: house.reader });
      assertException(answer, 'AccessDeniedException', /no identity-based policy allows the acm:ExportCertificate/);
    });
  });
});

const spki = { format: 'pem', type: 'spki' } as const;
