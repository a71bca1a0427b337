import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { readCsr } from '../../../src/x509/csr.ts';
import { activeRoot, activeSubordinate, csrOf, days, install, judge, pending } from '../aws-pca/pca.ts';
import { beginning } from '../house.ts';
import { authority, described, openAcm, requested } from './acm.ts';
import { foreign } from './foreign.ts';

const acm = await openAcm();
const { house, call, pca } = acm;
const issuer = await authority(acm);
after(() => house.close());

const request = (more: Record<string, unknown>) =>
  call('RequestCertificate', {
    DomainName: 'www.example.com',
    CertificateAuthorityArn: issuer.arn,
    KeyAlgorithm: 'EC_prime256v1',
    ...more,
  });

describe('ACM RequestCertificate', () => {
  describe('accepts', () => {
    it('a wildcard, further names of up to 253 characters, and the members that only public certificates use', async () => {
      const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`;
      const arn = await requested(acm, issuer.arn, {
        DomainName: '*.example.com',
        SubjectAlternativeNames: [long],
        ValidationMethod: 'DNS',
        DomainValidationOptions: [{ DomainName: 'www.example.com', ValidationDomain: 'example.com' }],
        Options: { CertificateTransparencyLoggingPreference: 'DISABLED' },
      });
      const found = await described(acm, arn);
      assert.equal(found.Status, 'ISSUED');
      assert.deepEqual(found.SubjectAlternativeNames, ['*.example.com', long]);
      assert.equal(found.Options.CertificateTransparencyLoggingPreference, 'DISABLED');
    });
  });

  describe('does', () => {
    it('gives a certificate of 395 days, begun an hour ago, with the names in their order and each once', async (t) => {
      const arn = await requested(acm, issuer.arn, {
        SubjectAlternativeNames: ['api.example.com', 'www.example.com', 'API.example.com', 'example.com'],
      });
      assert.match(arn, new RegExp(`^arn:aws:acm:us-east-1:${house.administrator.account}:certificate/[0-9a-f-]{36}$`));
      const { Certificate: pem, CertificateChain: chain } = ok(await call('GetCertificate', { CertificateArn: arn }));
      const certificate = new X509Certificate(pem);
      assert.equal(certificate.subject, 'CN=www.example.com');
      assert.equal(certificate.subjectAltName, 'DNS:www.example.com, DNS:api.example.com, DNS:example.com');
      assert.equal(Date.parse(certificate.validFrom), beginning - 3_600_000);
      assert.equal(Date.parse(certificate.validTo), beginning + 395 * 86_400_000);
      const files = { 'leaf.pem': pem, 'chain.pem': chain, 'root.pem': issuer.root };
      const at = String(beginning / 1000);
      const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-attime', at, '-CAfile', 'root.pem'];
      await judge(t, files, [...args, '-untrusted', 'chain.pem', '-verify_hostname', 'api.example.com', 'leaf.pem']);
      const text = await judge(t, files, ['x509', '-in', 'leaf.pem', '-noout', '-text']);
      assert.match(text, /Key Usage: critical\s+Digital Signature, Key Encipherment\n/);
      assert.match(text, /TLS Web Server Authentication, TLS Web Client Authentication\n/);
    });

    it('makes an RSA_2048 key unless told, under an authority with an RSA key', async () => {
      const root = await activeRoot(
        pca,
        {
          CertificateAuthorityConfiguration: {
            KeyAlgorithm: 'RSA_2048',
            SigningAlgorithm: 'SHA384WITHRSA',
            Subject: { CommonName: 'RSA Root' },
          },
        },
        { SigningAlgorithm: 'SHA384WITHRSA' },
      );
      const answer = await call('RequestCertificate', {
        DomainName: 'rsa.example.com',
        CertificateAuthorityArn: root.arn,
      });
      const found = await described(acm, ok(answer).CertificateArn);
      assert.deepEqual(
        [found.Status, found.KeyAlgorithm, found.SignatureAlgorithm, found.Issuer],
        ['ISSUED', 'RSA-2048', 'SHA384WITHRSA', 'RSA Root'],
      );
    });

    it('answers an equal request with the same token for one hour with the same certificate', async () => {
      const input = { DomainName: 'token.example.com', IdempotencyToken: 'once' };
      const first = ok(await request(input)).CertificateArn;
      house.clock.advance({ minutes: 59 });
      assert.equal(ok(await request(input)).CertificateArn, first);
      assert.notEqual(ok(await request({ ...input, DomainName: 'other.example.com' })).CertificateArn, first);
      house.clock.advance({ minutes: 2 });
      assert.notEqual(ok(await request(input)).CertificateArn, first);
    });

    it('makes a new certificate, one only, when that of the token was deleted meanwhile', async () => {
      const input = { DomainName: 'again.example.com', IdempotencyToken: 'again' };
      const seen = new Set<string>();
      for (let round = 0; round < 3; round += 1) {
        const arns = await Promise.all([1, 2, 3].map(() => request(input).then((answer) => ok(answer).CertificateArn)));
        assert.equal(new Set(arns).size, 1);
        const [CertificateArn] = arns;
        assert.equal(seen.has(CertificateArn), false);
        seen.add(CertificateArn);
        ok(await call('DescribeCertificate', { CertificateArn }));
        ok(await call('DeleteCertificate', { CertificateArn }));
      }
    });

    it('makes one certificate of equal requests that come at once', async () => {
      const input = { DomainName: 'at-once.example.com', IdempotencyToken: 'at_once' };
      const before = house.audited.length;
      const answers = await Promise.all([1, 2, 3, 4].map(() => request(input)));
      assert.equal(new Set(answers.map((answer) => ok(answer).CertificateArn)).size, 1);
      assert.equal(house.audited.length, before + 1);
    });

    it('keeps its tags', async () => {
      const arn = await requested(acm, issuer.arn, { Tags: [{ Key: 'team', Value: 'blue' }, { Key: 'empty' }] });
      assert.deepEqual(ok(await call('ListTagsForCertificate', { CertificateArn: arn })).Tags, [
        { Key: 'empty', Value: '' },
        { Key: 'team', Value: 'blue' },
      ]);
    });
  });

  describe('leaves a certificate as FAILED with its reason', () => {
    const failure = async (more: Record<string, unknown>) => {
      const { Status, FailureReason } = await described(acm, await requested(acm, issuer.arn, more));
      return `${Status} ${FailureReason}`;
    };

    it('PCA_RESOURCE_NOT_FOUND without the authority', async () => {
      const CertificateAuthorityArn = `${issuer.arn.slice(0, -12)}000000000000`;
      assert.equal(await failure({ CertificateAuthorityArn }), 'FAILED PCA_RESOURCE_NOT_FOUND');
    });

    it('PCA_INVALID_STATE while the authority waits for its certificate or is disabled', async () => {
      assert.equal(await failure({ CertificateAuthorityArn: await pending(pca) }), 'FAILED PCA_INVALID_STATE');
      const { arn } = await activeRoot(pca);
      ok(await pca.call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status: 'DISABLED' }));
      assert.equal(await failure({ CertificateAuthorityArn: arn }), 'FAILED PCA_INVALID_STATE');
    });

    it('PCA_INVALID_DURATION when the authority ends before 395 days', async () => {
      const { arn } = await activeRoot(pca, {}, { Validity: days(300) });
      assert.equal(await failure({ CertificateAuthorityArn: arn }), 'FAILED PCA_INVALID_DURATION');
    });

    it("PCA_NAME_CONSTRAINTS_VALIDATION for a name that the authority's certificate does not permit", async () => {
      const CertificateAuthorityArn = await constrainedTo('allowed.example.com');
      assert.equal(await failure({ CertificateAuthorityArn }), 'FAILED PCA_NAME_CONSTRAINTS_VALIDATION');
      const inside = await requested(acm, CertificateAuthorityArn, { DomainName: 'www.allowed.example.com' });
      assert.equal((await described(acm, inside)).Status, 'ISSUED');
    });

    it("PCA_INVALID_ARGS for a key of another family than the authority's, and by a short-lived authority", async () => {
      assert.equal(await failure({ KeyAlgorithm: 'RSA_2048' }), 'FAILED PCA_INVALID_ARGS');
      const { arn } = await activeSubordinate(pca, issuer.rootArn, 0, { UsageMode: 'SHORT_LIVED_CERTIFICATE' });
      assert.equal(await failure({ CertificateAuthorityArn: arn }), 'FAILED PCA_INVALID_ARGS');
    });
  });

  describe('refuses', () => {
    it('to export by option, and a manager, of a private certificate', async () => {
      for (const more of [{ Options: { Export: 'ENABLED' } }, { ManagedBy: 'CLOUDFRONT' }]) {
        assertException(
          await request(more),
          'ValidationException',
          'One or more of the options specified in the request are not supported for PRIVATE certificate types',
        );
      }
    });

    it('a public certificate, which needs a CertificateAuthorityArn here', async () => {
      assertException(
        await call('RequestCertificate', { DomainName: 'www.example.com', ValidationMethod: 'DNS' }),
        'InvalidParameterException',
        /^Public certificates are not available here\./,
      );
    });

    it('a first name of more than 64 characters, which no common name can hold', async () => {
      const DomainName = `${'a'.repeat(53)}.example.com`;
      assert.equal(DomainName.length, 65);
      assertException(await request({ DomainName }), 'ValidationException', /cannot exceed 64 characters\.$/);
    });

    it('key algorithms that are for imports only', async () => {
      for (const KeyAlgorithm of ['RSA_1024', 'RSA_3072', 'RSA_4096', 'EC_secp521r1']) {
        assertException(await request({ KeyAlgorithm }), 'ValidationException', /is not supported for requested/);
      }
    });

    it('names that are no domain names, and every other broken constraint, in one message', async () => {
      assertException(
        await request({ DomainName: '192.0.2.1', IdempotencyToken: 'a b', KeyAlgorithm: 'DSA' }),
        'ValidationException',
        /^3 validation errors detected: Value '192\.0\.2\.1' at 'domainName' failed to satisfy constraint: Member must satisfy regular expression pattern: .*; Value 'a b' at 'idempotencyToken' .*; Value 'DSA' at 'keyAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: \[RSA_1024, RSA_2048, /,
      );
    });

    it("an authority of another account, there or not, in the words of a denial; another region's ARN as invalid", async () => {
      for (const arn of [issuer.arn, `${issuer.arn.slice(0, -12)}000000000000`]) {
        assertException(
          await call(
            'RequestCertificate',
            { DomainName: 'www.example.com', CertificateAuthorityArn: arn },
            { key: house.stranger },
          ),
          'AccessDeniedException',
          `User: arn:aws:iam::${house.stranger.account}:user/administrator is not authorized to perform: ` +
            `acm-pca:IssueCertificate on resource: ${arn} ` +
            'because no resource-based policy allows the acm-pca:IssueCertificate action',
        );
      }
      const elsewhere = issuer.arn.replace('us-east-1', 'eu-west-1');
      assertException(await request({ CertificateAuthorityArn: elsewhere }), 'InvalidArnException');
    });

    it('a key that may only read', async () => {
      assertException(
        await call(
          'RequestCertificate',
          { DomainName: 'www.example.com', CertificateAuthorityArn: issuer.arn },
          { key: house.reader },
        ),
        'AccessDeniedException',
        /because no identity-based policy allows the acm:RequestCertificate action$/,
      );
    });

    it('the reserved tag prefix and a key given twice', async () => {
      assertException(await request({ Tags: [{ Key: 'aws:x' }] }), 'InvalidTagException');
      assertException(await request({ Tags: [{ Key: 'x' }, { Key: 'x' }] }), 'InvalidTagException');
    });
  });
});

/** An authority of this house that a stranger's root certified for one domain only. */
async function constrainedTo(domain: string): Promise<string> {
  const keyUsages = ['keyCertSign', 'cRLSign'] as const;
  const root = foreign({ subject: 'CN=Constraining Root', isAuthority: true, keyUsages, to: 3000 });
  const arn = await pending(pca, { CertificateAuthorityType: 'SUBORDINATE' });
  const { publicKey } = readCsr(Buffer.from(await csrOf(pca, arn)));
  const { certificate } = foreign({
    subject: 'C=CH,O=Chancery Tests,CN=Test Root',
    publicKey: publicKey.spki,
    issuer: root,
    isAuthority: true,
    keyUsages,
    permitted: [domain],
    to: 2000,
  });
  await install(pca, arn, certificate, root.certificate);
  return arn;
}
