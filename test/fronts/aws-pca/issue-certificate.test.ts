import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { beginning } from '../house.ts';
import {
  activeRoot,
  activeSubordinate,
  csrOf,
  csrVector,
  days,
  issuance,
  issued,
  judge,
  openPca,
  pending,
  template,
  years,
} from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const root = await activeRoot(pca);
const csr = csrVector('p256');
const issue = (more: Record<string, unknown> = {}, body = csr, authority = root.arn) =>
  call('IssueCertificate', issuance(authority, body, more));
const seconds = (time: string) => new Date(time).getTime() / 1000;

describe('Private CA IssueCertificate', () => {
  describe('accepts', () => {
    const inUtc = (...parts: [number, number, number, number, number, number]) => Date.UTC(...parts) / 1000;
    const ends: [string, { Type: string; Value: number }, number][] = [
      ['DAYS from the moment of issuing', days(7), beginning / 1000 + 7 * 86_400],
      ['MONTHS of the calendar', { Type: 'MONTHS', Value: 1 }, inUtc(2026, 3, 1, 12, 0, 0)],
      ['YEARS of the calendar', years(2), inUtc(2028, 2, 1, 12, 0, 0)],
      ['ABSOLUTE seconds since 1970', { Type: 'ABSOLUTE', Value: 1_800_000_000 }, 1_800_000_000],
      ['END_DATE as UTCTime', { Type: 'END_DATE', Value: 280102030405 }, inUtc(2028, 0, 2, 3, 4, 5)],
      ['END_DATE as GeneralizedTime', { Type: 'END_DATE', Value: 20280102030405 }, inUtc(2028, 0, 2, 3, 4, 5)],
    ];
    for (const [what, Validity, end] of ends) {
      it(what, async () => {
        const { certificate } = await issued(pca, root.arn, csr, { Validity });
        const { validFrom, validTo } = new X509Certificate(certificate);
        assert.deepEqual([seconds(validFrom), seconds(validTo)], [beginning / 1000 - 3600, end]);
      });
    }

    it('a begin of its own, which leaves the end where it is', async () => {
      const ValidityNotBefore = { Type: 'ABSOLUTE', Value: beginning / 1000 + 500 };
      const { certificate } = await issued(pca, root.arn, csr, { Validity: days(7), ValidityNotBefore });
      const { validFrom, validTo } = new X509Certificate(certificate);
      assert.deepEqual([seconds(validFrom), seconds(validTo)], [beginning / 1000 + 500, beginning / 1000 + 7 * 86_400]);
    });

    for (const name of ['p384', 'p521', 'rsa2048', 'only-san']) {
      it(`the CSR ${name}`, async () => void (await issued(pca, root.arn, csrVector(name))));
    }

    it('a CSR in DER', async () => {
      const der = Buffer.from(csr.replace(/-----[^-]+-----|\s/g, ''), 'base64');
      ok(await issue({ Csr: der.toString('base64') }));
    });

    it('a CSR as `openssl req -text` prints it, with CRLF too (RFC 7468 §2)', async (t) => {
      const printed = await judge(t, { 'own.pem': csr }, ['req', '-in', 'own.pem', '-text']);
      if (printed === '') return;
      assert.match(printed, /^Certificate Request:/);
      for (const text of [printed, printed.replaceAll('\n', '\r\n')]) ok(await issue({}, text));
    });

    it('a template of another partition, and values for the API that base templates ignore', async () => {
      ok(
        await issue({
          TemplateArn: 'arn:aws-cn:acm-pca:::template/EndEntityCertificate/V1',
          ApiPassthrough: { Subject: { CommonName: 'ignored' } },
        }),
      );
    });
  });

  describe('does', () => {
    it('names the certificate by the ARN of the authority and 32 hexadecimal digits of its serial', async () => {
      const { arn, certificate } = await issued(pca, root.arn, csr);
      const serial = new X509Certificate(certificate).serialNumber.toLowerCase();
      assert.equal(arn, `${root.arn}/certificate/${serial}`);
      assert.match(serial, /^[4-7][0-9a-f]{31}$/);
    });

    const looks: [string, RegExp[]][] = [
      [
        'EndEntityCertificate',
        [
          /Key Usage: critical\s+Digital Signature, Key Encipherment\n/,
          /Extended Key Usage: \s+TLS Web Server Authentication, TLS Web Client Authentication\n/,
        ],
      ],
      [
        'EndEntityClientAuthCertificate',
        [
          /Key Usage: critical\s+Digital Signature, Key Encipherment\n/,
          /Extended Key Usage: \s+TLS Web Client Authentication\n/,
        ],
      ],
      [
        'EndEntityServerAuthCertificate',
        [
          /Key Usage: critical\s+Digital Signature, Key Encipherment\n/,
          /Extended Key Usage: \s+TLS Web Server Authentication\n/,
        ],
      ],
      [
        'CodeSigningCertificate',
        [/Key Usage: critical\s+Digital Signature\n/, /Extended Key Usage: critical\s+Code Signing\n/],
      ],
      [
        'OCSPSigningCertificate',
        [/Key Usage: critical\s+Digital Signature\n/, /Extended Key Usage: critical\s+OCSP Signing\n/],
      ],
    ];
    for (const [name, patterns] of looks) {
      it(`gives ${name} its extensions, whatever the CSR asks for, and openssl verifies it strictly`, async (t) => {
        const { certificate, chain } = await issued(pca, root.arn, csrVector('asks-for-ca'), {
          TemplateArn: template(name),
        });
        assert.equal(chain, root.certificate);
        const files = { 'leaf.pem': certificate, 'root.pem': root.certificate };
        const text = await judge(t, files, ['x509', '-in', 'leaf.pem', '-noout', '-text']);
        if (text === '') return;
        for (const pattern of patterns) assert.match(text, pattern);
        assert.match(text, /Basic Constraints: \s+CA:FALSE\n/);
        assert.doesNotMatch(text, /Certificate Sign|evil\.example/);
        assert.match(text, /Subject: CN = greedy\.example\.com/);
        assert.match(text, /CA Issuers - URI:http:\/\/pki\.test\/authorities\/[0-9a-f-]{36}\.cer/);
        const at = ['-attime', String(beginning / 1000)];
        await judge(t, files, ['verify', '-x509_strict', ...at, '-CAfile', 'root.pem', 'leaf.pem']);
      });
    }

    it('gives a chain of four authorities whose path lengths openssl accepts', async (t) => {
      const first = await activeSubordinate(pca, root.arn, 2);
      const second = await activeSubordinate(pca, first.arn, 1);
      const third = await activeSubordinate(pca, second.arn, 0);
      const leaf = await issued(pca, third.arn, csr);
      assert.equal(leaf.chain, [third.certificate, second.certificate, first.certificate, root.certificate].join('\n'));
      const files = { 'leaf.pem': leaf.certificate, 'chain.pem': String(leaf.chain), 'root.pem': root.certificate };
      const at = ['-attime', String(beginning / 1000), '-CAfile', 'root.pem', '-untrusted', 'chain.pem'];
      await judge(t, files, ['verify', '-x509_strict', ...at, 'leaf.pem']);
    });

    it('answers the same token and request with the same certificate for five minutes, even at once', async () => {
      const again = () => issue({ IdempotencyToken: 'token' }).then((answer) => ok(answer).CertificateArn);
      const [first, second] = await Promise.all([again(), again()]);
      assert.equal(first, second);
      assert.equal(await again(), first);
      const other = ok(await issue({ IdempotencyToken: 'token' }, csrVector('p384'))).CertificateArn;
      assert.notEqual(other, first, 'a token never answers with a certificate for another CSR');
      house.clock.advance({ minutes: 5, seconds: 1 });
      assert.notEqual(await again(), first);
      house.clock.advance({ minutes: -5, seconds: -1 });
    });

    it('uses the signing algorithm of the request', async (t) => {
      const { certificate } = await issued(pca, root.arn, csr, { SigningAlgorithm: 'SHA512WITHECDSA' });
      const text = await judge(t, { 'leaf.pem': certificate }, ['x509', '-in', 'leaf.pem', '-noout', '-text']);
      if (text !== '') assert.match(text, /Signature Algorithm: ecdsa-with-SHA512/);
    });

    it('remembers who asked, through what, with which template', async () => {
      const { arn } = await issued(pca, root.arn, csr);
      const rows = house.world.store.issued;
      const row = await rows.get(house.administrator.account, arn.slice(-32) as Parameters<typeof rows.get>[1]);
      assert.equal(row?.template, 'EndEntityCertificate/V1');
      const { front, operation, userName } = row.asker;
      assert.deepEqual([front, operation, userName], ['aws-pca', 'IssueCertificate', 'administrator']);
    });
  });

  describe('refuses', () => {
    const tooLong = 'The certificate validity specified exceeds the certificate authority validity';
    const refusals: [string, Record<string, unknown>, string, string | RegExp][] = [
      ["an end after the authority's", { Validity: years(11) }, 'ValidationException', tooLong],
      [
        'an end in the past',
        { Validity: { Type: 'ABSOLUTE', Value: 1_000_000_000 } },
        'ValidationException',
        /in the past/,
      ],
      [
        'an END_DATE of 1950',
        { Validity: { Type: 'END_DATE', Value: 500101000000 } },
        'ValidationException',
        /in the past/,
      ],
      [
        'an END_DATE that is no date',
        { Validity: { Type: 'END_DATE', Value: 20270231000000 } },
        'ValidationException',
        /YYYYMMDDHHMMSS/,
      ],
      [
        'an END_DATE of 13 digits',
        { Validity: { Type: 'END_DATE', Value: 2027020100000 } },
        'ValidationException',
        /YYYYMMDDHHMMSS/,
      ],
      ['a validity past the year 9999', { Validity: { Type: 'YEARS', Value: 1e15 } }, 'ValidationException', /9999/],
      [
        'a begin that is not ABSOLUTE',
        { ValidityNotBefore: days(1) },
        'ValidationException',
        /must be of type ABSOLUTE/,
      ],
      [
        'a begin after the end',
        { ValidityNotBefore: { Type: 'ABSOLUTE', Value: 1_900_000_000 } },
        'ValidationException',
        /not after its begin at 2030-03-17T17:46:40\.000Z$/,
      ],
      [
        'a validity of nothing',
        { Validity: days(0) },
        'ValidationException',
        /'validity\.value' failed to satisfy constraint: Member must have value greater than or equal to 1/,
      ],
      [
        "an algorithm of another family than the authority's key",
        { SigningAlgorithm: 'SHA256WITHRSA' },
        'InvalidArgsException',
        /^Signing algorithm SHA256WITHRSA cannot be used with key type EC_prime256v1\./,
      ],
      [
        'an algorithm that is not made here',
        { SigningAlgorithm: 'SM3WITHSM2' },
        'InvalidArgsException',
        /SM3WITHSM2 is not supported/,
      ],
      [
        'a template that does not exist',
        { TemplateArn: template('Nothing') },
        'InvalidArgsException',
        'The template Nothing/V1 does not exist.',
      ],
      [
        'an ARN of something else as template',
        { TemplateArn: root.arn },
        'InvalidArnException',
        /template\/NAME\/V1 is expected/,
      ],
      [
        'a broken value for the API, though base templates ignore it',
        { ApiPassthrough: { Extensions: { CertificatePolicies: [] } } },
        'ValidationException',
        /'apiPassthrough\.extensions\.certificatePolicies' failed to satisfy constraint: Member must have length greater than or equal to 1$/,
      ],
      [
        "a root's template for a key that is not the authority's",
        { TemplateArn: template('RootCACertificate') },
        'MalformedCSRException',
        /not the key that signs/,
      ],
      ['bytes that are no CSR', { Csr: Buffer.from('hello').toString('base64') }, 'MalformedCSRException', /./],
      ['a blob that is no Base64', { Csr: '***' }, 'SerializationException', /Base64/],
    ];
    for (const [what, more, code, message] of refusals) {
      it(what, async () => assertException(await issue(more), code, message));
    }

    for (const name of ['nameless', 'rsa1024', 'broken-signature']) {
      it(`the CSR ${name}: MalformedCSRException`, async () => {
        assertException(await issue({}, csrVector(name)), 'MalformedCSRException', /./);
      });
    }

    it('an empty subject beside a SAN that is not critical, in the words that clients report, by every template', async () => {
      const nameless = csrVector('only-san-not-critical');
      for (const name of ['EndEntityCertificate', 'CodeSigningCertificate']) {
        assertException(
          await issue({ TemplateArn: template(name) }, nameless),
          'MalformedCSRException',
          'CSR must mark the SAN extension critical when it has an empty subject',
        );
      }
    });

    it('every authority that does not issue, in the words that clients wait for', async () => {
      const sentence = 'The certificate authority is not in a valid state for issuing certificates';
      const waiting = await pending(pca);
      assertException(await issue({}, csr, waiting), 'InvalidStateException', sentence);
      const { arn } = await activeRoot(pca);
      ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status: 'DISABLED' }));
      assertException(await issue({}, csr, arn), 'InvalidStateException', sentence);
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
      assertException(await issue({}, csr, arn), 'InvalidStateException', sentence);
      const own = await csrOf(pca, waiting);
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: waiting }));
      assertException(
        await issue({ TemplateArn: template('RootCACertificate') }, own, waiting),
        'InvalidStateException',
        sentence,
      );
    });

    it("a root's template for a subordinate, and a path length that is not below the authority's", async () => {
      const sub = await activeSubordinate(pca, root.arn, 0);
      const own = await csrOf(pca, sub.arn);
      const asRoot = await issue({ TemplateArn: template('RootCACertificate') }, own, sub.arn);
      assertException(asRoot, 'InvalidArgsException', /only a root signs its own certificate/);
      const below = await issue({ TemplateArn: template('SubordinateCACertificate_PathLen0') }, csr, sub.arn);
      assertException(below, 'ValidationException', /path length/i);
    });

    it('more than seven days from a short-lived authority, counted from the moment of issuing', async () => {
      const { arn } = await activeRoot(pca, { UsageMode: 'SHORT_LIVED_CERTIFICATE' });
      ok(await issue({ Validity: days(7) }, csr, arn));
      assertException(await issue({ Validity: days(8) }, csr, arn), 'ValidationException', /7 days/);
    });

    it('a reader, another account, another region, and an authority that is not there', async () => {
      const input = issuance(root.arn, csr);
      assertException(
        await call('IssueCertificate', input, { key: house.reader }),
        'AccessDeniedException',
        /because no identity-based policy allows the acm-pca:IssueCertificate action$/,
      );
      assertException(
        await call('IssueCertificate', input, { key: house.stranger }),
        'AccessDeniedException',
        /because no resource-based policy allows the acm-pca:IssueCertificate action$/,
      );
      assertException(
        await call('IssueCertificate', input, { region: 'eu-west-1' }),
        'ResourceNotFoundException',
        `Could not find Certificate Authority ${root.arn}`,
      );
      const nobody = `${root.arn.slice(0, -12)}000000000000`;
      assertException(
        await issue({}, csr, nobody),
        'ResourceNotFoundException',
        `Could not find Certificate Authority ${nobody}`,
      );
    });
  });
});
