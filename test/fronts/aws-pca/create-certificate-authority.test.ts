import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { csrOf, describe as described, ecConfiguration, judge, openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

const wish = (more: Record<string, unknown> = {}) => ({
  CertificateAuthorityType: 'ROOT',
  CertificateAuthorityConfiguration: ecConfiguration,
  ...more,
});
const configured = (more: Record<string, unknown>) =>
  wish({ CertificateAuthorityConfiguration: { ...ecConfiguration, ...more } });

describe('Private CA CreateCertificateAuthority', () => {
  describe('accepts', () => {
    for (const [KeyAlgorithm, SigningAlgorithm] of [
      ['RSA_2048', 'SHA256WITHRSA'],
      ['RSA_2048', 'SHA384WITHRSA_PSS'],
      ['EC_prime256v1', 'SHA384WITHECDSA'],
      ['EC_secp384r1', 'SHA384WITHECDSA'],
      ['EC_secp521r1', 'SHA512WITHECDSA'],
    ]) {
      it(`${KeyAlgorithm} with ${SigningAlgorithm}, and a CSR that openssl verifies`, async (t) => {
        const arn = await pending(pca, configured({ KeyAlgorithm, SigningAlgorithm }));
        const { CertificateAuthorityConfiguration: shown } = await described(pca, arn);
        assert.deepEqual([shown.KeyAlgorithm, shown.SigningAlgorithm], [KeyAlgorithm, SigningAlgorithm]);
        await judge(t, { 'ca.csr': await csrOf(pca, arn) }, ['req', '-in', 'ca.csr', '-verify', '-noout']);
      });
    }

    it('every member, and shows it again as it was given', async () => {
      const CsrExtensions = {
        KeyUsage: { KeyCertSign: true, CRLSign: true, DigitalSignature: false },
        SubjectInformationAccess: [
          {
            AccessMethod: { AccessMethodType: 'CA_REPOSITORY' },
            AccessLocation: { UniformResourceIdentifier: 'http://repository.example/ca' },
          },
        ],
      };
      const arn = await pending(pca, {
        CertificateAuthorityType: 'SUBORDINATE',
        CertificateAuthorityConfiguration: { ...ecConfiguration, CsrExtensions },
        KeyStorageSecurityStandard: 'FIPS_140_2_LEVEL_2_OR_HIGHER',
        UsageMode: 'SHORT_LIVED_CERTIFICATE',
        Tags: [{ Key: 'team', Value: 'pki' }, { Key: 'empty' }],
        RevocationConfiguration: {
          CrlConfiguration: { Enabled: true, S3BucketName: 'crl-bucket', ExpirationInDays: 7 },
        },
      });
      const found = await described(pca, arn);
      assert.equal(found.Type, 'SUBORDINATE');
      assert.equal(found.KeyStorageSecurityStandard, 'FIPS_140_2_LEVEL_2_OR_HIGHER');
      assert.equal(found.UsageMode, 'SHORT_LIVED_CERTIFICATE');
      assert.deepEqual(found.CertificateAuthorityConfiguration, { ...ecConfiguration, CsrExtensions });
      assert.deepEqual(found.RevocationConfiguration, {
        CrlConfiguration: {
          Enabled: true,
          S3BucketName: 'crl-bucket',
          ExpirationInDays: 7,
          S3ObjectAcl: 'PUBLIC_READ',
          CrlType: 'COMPLETE',
        },
        OcspConfiguration: { Enabled: false },
      });
      assert.deepEqual(ok(await call('ListTags', { CertificateAuthorityArn: arn })).Tags, [
        { Key: 'empty', Value: '' },
        { Key: 'team', Value: 'pki' },
      ]);
    });
  });

  describe('does', () => {
    it('puts the subject, the key usage and the access description into the CSR', async (t) => {
      const arn = await pending(
        pca,
        configured({
          Subject: {
            CommonName: 'All',
            Country: 'CH',
            Organization: 'O',
            OrganizationalUnit: 'OU',
            State: 'ZH',
            Locality: 'L',
            SerialNumber: '42',
            DistinguishedNameQualifier: 'q',
            Title: 'Dr',
            Surname: 'S',
            GivenName: 'G',
            Initials: 'GS',
            Pseudonym: 'P',
            GenerationQualifier: 'II',
          },
          CsrExtensions: {
            KeyUsage: { KeyCertSign: true, CRLSign: true },
            SubjectInformationAccess: [
              {
                AccessMethod: { AccessMethodType: 'CA_REPOSITORY' },
                AccessLocation: { UniformResourceIdentifier: 'http://repository.example/ca' },
              },
            ],
          },
        }),
      );
      const text = await judge(t, { 'ca.csr': await csrOf(pca, arn) }, [
        'req',
        '-in',
        'ca.csr',
        '-noout',
        '-text',
        '-nameopt',
        'RFC2253,-dn_rev',
      ]);
      if (text === '') return;
      assert.match(
        text,
        /Subject: C=CH,O=O,OU=OU,dnQualifier=q,ST=ZH,CN=All,serialNumber=42,L=L,title=Dr,SN=S,GN=G,initials=GS,pseudonym=P,generationQualifier=II/,
      );
      assert.match(text, /X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
      assert.match(text, /X509v3 Basic Constraints: critical\s+CA:TRUE\n/);
      assert.match(text, /Subject Information Access: \s+CA Repository - URI:http:\/\/repository\.example\/ca/);
    });

    it('writes custom attributes as the subject', async (t) => {
      const Subject = { CustomAttributes: [{ ObjectIdentifier: '1.3.6.1.4.1.37244.1.3', Value: 'ABCDABCD12341234' }] };
      const arn = await pending(pca, configured({ Subject }));
      assert.deepEqual((await described(pca, arn)).CertificateAuthorityConfiguration.Subject, Subject);
      const text = await judge(t, { 'ca.csr': await csrOf(pca, arn) }, ['req', '-in', 'ca.csr', '-noout', '-subject']);
      if (text !== '') assert.match(text, /1\.3\.6\.1\.4\.1\.37244\.1\.3 = ABCDABCD12341234/);
    });

    it('gives one authority for the same token and request within five minutes, and another after', async () => {
      const again = wish({ IdempotencyToken: 'once' });
      const [first, second] = await Promise.all([pending(pca, again), pending(pca, again)]);
      assert.equal(first, second);
      assert.notEqual(await pending(pca, { ...again, UsageMode: 'SHORT_LIVED_CERTIFICATE' }), first);
      house.clock.advance({ minutes: 5, seconds: 1 });
      assert.notEqual(await pending(pca, again), first);
    });

    it('makes an ARN of the region that the request addresses', async () => {
      const arn = ok(
        await call('CreateCertificateAuthority', wish(), { region: 'eu-central-1' }),
      ).CertificateAuthorityArn;
      const { account } = house.administrator;
      assert.match(arn, new RegExp(`^arn:aws:acm-pca:eu-central-1:${account}:certificate-authority/[0-9a-f-]{36}$`));
    });
  });

  describe('refuses', () => {
    const refusals: [string, Record<string, unknown>, string, RegExp][] = [
      [
        'an algorithm that is not made here',
        configured({ KeyAlgorithm: 'SM2', SigningAlgorithm: 'SM3WITHSM2' }),
        'InvalidArgsException',
        /SM2 is not supported/,
      ],
      [
        'a key that cannot make the signature',
        configured({ SigningAlgorithm: 'SHA256WITHRSA' }),
        'InvalidArgsException',
        /^Signing algorithm SHA256WITHRSA cannot be used with key type EC_prime256v1\. Valid signing algorithms are: SHA256WITHECDSA, SHA384WITHECDSA, SHA512WITHECDSA\.$/,
      ],
      ['a subject without attributes', configured({ Subject: {} }), 'InvalidArgsException', /at least one attribute/],
      [
        'custom attributes beside standard ones',
        configured({ Subject: { CommonName: 'a', CustomAttributes: [{ ObjectIdentifier: '2.5.4.13', Value: 'b' }] } }),
        'InvalidArgsException',
        /cannot be used in combination/,
      ],
      [
        'control characters in the subject',
        configured({ Subject: { CommonName: 'a\u0001b' } }),
        'InvalidArgsException',
        /control characters/,
      ],
      [
        'a key usage that cannot sign certificates',
        configured({ CsrExtensions: { KeyUsage: { CRLSign: true } } }),
        'InvalidArgsException',
        /keyCertSign/,
      ],
      [
        'a CRL without CRLSign',
        {
          ...configured({ CsrExtensions: { KeyUsage: { KeyCertSign: true } } }),
          RevocationConfiguration: { CrlConfiguration: { Enabled: true, S3BucketName: 'bucket' } },
        },
        'InvalidArgsException',
        /CRLSign/,
      ],
      [
        'a disabled CRL with other members',
        wish({ RevocationConfiguration: { CrlConfiguration: { Enabled: false, ExpirationInDays: 7 } } }),
        'InvalidArgsException',
        /only Enabled/,
      ],
      [
        'a disabled OCSP with a CNAME',
        wish({ RevocationConfiguration: { OcspConfiguration: { Enabled: false, OcspCustomCname: 'o.example' } } }),
        'InvalidArgsException',
        /only Enabled/,
      ],
      [
        'a CNAME with a protocol',
        wish({
          RevocationConfiguration: { OcspConfiguration: { Enabled: true, OcspCustomCname: 'http://o.example' } },
        }),
        'InvalidArgsException',
        /protocol prefix/,
      ],
      [
        'a bucket name against the rules of S3',
        wish({ RevocationConfiguration: { CrlConfiguration: { Enabled: true, S3BucketName: 'Bucket' } } }),
        'InvalidArgsException',
        /naming rules/,
      ],
      [
        'a CNAME where the extension is omitted',
        wish({
          RevocationConfiguration: {
            CrlConfiguration: {
              Enabled: true,
              S3BucketName: 'bucket',
              CustomCname: 'c.example',
              CrlDistributionPointExtensionConfiguration: { OmitExtension: true },
            },
          },
        }),
        'InvalidArgsException',
        /OmitExtension/,
      ],
      [
        'two members in a general name',
        configured({
          CsrExtensions: {
            SubjectInformationAccess: [
              {
                AccessMethod: { AccessMethodType: 'CA_REPOSITORY' },
                AccessLocation: { DnsName: 'a', IpAddress: '192.0.2.1' },
              },
            ],
          },
        }),
        'InvalidArgsException',
        /exactly one member/,
      ],
      ['a reserved tag', wish({ Tags: [{ Key: 'aws:x', Value: '' }] }), 'InvalidTagException', /reserved/],
      ['a tag given twice', wish({ Tags: [{ Key: 'a' }, { Key: 'a' }] }), 'InvalidTagException', /more than once/],
      [
        'a type that is none',
        wish({ CertificateAuthorityType: 'LEAF' }),
        'ValidationException',
        /^1 validation error detected: Value 'LEAF' at 'certificateAuthorityType' failed to satisfy constraint: Member must satisfy enum value set: \[ROOT, SUBORDINATE\]$/,
      ],
      [
        'everything that is wrong in one message',
        {
          CertificateAuthorityConfiguration: { ...ecConfiguration, Subject: { Country: 'CHE' } },
          IdempotencyToken: '',
        },
        'ValidationException',
        /^4 validation errors detected: .*certificateAuthorityType.*/,
      ],
      [
        'a wrong type before anything else',
        wish({ CertificateAuthorityType: 5 }),
        'SerializationException',
        /NUMBER_VALUE can not be converted to a String/,
      ],
    ];
    for (const [what, input, code, message] of refusals) {
      it(what, async () => assertException(await call('CreateCertificateAuthority', input), code, message));
    }

    it('a key that may only read', async () => {
      const answer = await call('CreateCertificateAuthority', wish(), { key: house.reader });
      assertException(answer, 'AccessDeniedException', /not authorized to perform: acm-pca:CreateCertificateAuthority/);
    });
  });
});
