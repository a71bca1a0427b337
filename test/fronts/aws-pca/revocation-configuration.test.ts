/** The rules of a RevocationConfiguration, the same in CreateCertificateAuthority and UpdateCertificateAuthority. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { needs } from '../../programs.ts';
import { assertException, ok } from '../aws-call.ts';
import { openOutsidePki } from './outside-pki.ts';
import { activeRoot, csrOf, describe as described, ecConfiguration, install, openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const { arn } = await activeRoot(pca);

const bucket = { Enabled: true, S3BucketName: 'a-bucket' };
const off = { Enabled: false };
const defaults = { S3ObjectAcl: 'PUBLIC_READ', CrlType: 'COMPLETE' };
const create = (RevocationConfiguration: object, more = {}) =>
  call('CreateCertificateAuthority', {
    CertificateAuthorityType: 'ROOT',
    CertificateAuthorityConfiguration: { ...ecConfiguration, ...more },
    RevocationConfiguration,
  });
const update = (RevocationConfiguration: object, on = arn) =>
  call('UpdateCertificateAuthority', { CertificateAuthorityArn: on, RevocationConfiguration });

/** What is accepted, and what of it is shown. */
const accepted: Record<string, readonly [given: object, shown: object]> = {
  'nothing: both are off': [{}, { CrlConfiguration: off, OcspConfiguration: off }],
  'both off': [
    { CrlConfiguration: off, OcspConfiguration: off },
    { CrlConfiguration: off, OcspConfiguration: off },
  ],
  'a CRL with the defaults of the service': [
    { CrlConfiguration: bucket },
    { CrlConfiguration: { ...bucket, ...defaults }, OcspConfiguration: off },
  ],
  'a CRL with every member': [
    {
      CrlConfiguration: {
        ...bucket,
        ExpirationInDays: 5000,
        CustomCname: 'crl.example.com',
        S3ObjectAcl: 'BUCKET_OWNER_FULL_CONTROL',
        CrlDistributionPointExtensionConfiguration: { OmitExtension: false },
        CrlType: 'PARTITIONED',
        CustomPath: 'some/path',
      },
      OcspConfiguration: off,
    },
    {
      CrlConfiguration: {
        ...bucket,
        ExpirationInDays: 5000,
        CustomCname: 'crl.example.com',
        S3ObjectAcl: 'BUCKET_OWNER_FULL_CONTROL',
        CrlDistributionPointExtensionConfiguration: { OmitExtension: false },
        CrlType: 'PARTITIONED',
        CustomPath: 'some/path',
      },
      OcspConfiguration: off,
    },
  ],
  'a CRL that certificates do not name': [
    { CrlConfiguration: { ...bucket, CrlDistributionPointExtensionConfiguration: { OmitExtension: true } } },
    {
      CrlConfiguration: { ...bucket, ...defaults, CrlDistributionPointExtensionConfiguration: { OmitExtension: true } },
      OcspConfiguration: off,
    },
  ],
  'a CRL at the root of a host, and below a path of it that has dots': [
    { CrlConfiguration: { ...bucket, CustomCname: 'crl.example.com:8080/.well-known/a..b', CustomPath: '/' } },
    {
      CrlConfiguration: {
        ...bucket,
        ...defaults,
        CustomCname: 'crl.example.com:8080/.well-known/a..b',
        CustomPath: '/',
      },
      OcspConfiguration: off,
    },
  ],
  'OCSP, with and without a name of its own': [
    { OcspConfiguration: { Enabled: true, OcspCustomCname: 'ocsp.example.com' } },
    { CrlConfiguration: off, OcspConfiguration: { Enabled: true, OcspCustomCname: 'ocsp.example.com' } },
  ],
};

const refused: Record<string, readonly [given: object, code: string, sentence: RegExp]> = {
  'a CRL that is off with anything else (Terraform #29088)': [
    { CrlConfiguration: { Enabled: false, ExpirationInDays: 7 } },
    'InvalidArgsException',
    /only Enabled when it is false/,
  ],
  'a CRL that is off with an empty name': [
    { CrlConfiguration: { Enabled: false, CustomCname: '' } },
    'InvalidArgsException',
    /only Enabled when it is false/,
  ],
  'OCSP that is off with a name': [
    { OcspConfiguration: { Enabled: false, OcspCustomCname: 'ocsp.example.com' } },
    'InvalidArgsException',
    /only Enabled when it is false/,
  ],
  'a CRL without a bucket': [
    { CrlConfiguration: { Enabled: true } },
    'InvalidArgsException',
    /S3BucketName is required/,
  ],
  'a protocol in the name of the CRL': [
    { CrlConfiguration: { ...bucket, CustomCname: 'http://crl.example.com' } },
    'InvalidArgsException',
    /protocol prefix/,
  ],
  'a protocol in the name of OCSP': [
    { OcspConfiguration: { Enabled: true, OcspCustomCname: 'https://ocsp.example.com' } },
    'InvalidArgsException',
    /protocol prefix/,
  ],
  'a name for what certificates do not name': [
    {
      CrlConfiguration: {
        ...bucket,
        CustomCname: 'crl.example.com',
        CrlDistributionPointExtensionConfiguration: { OmitExtension: true },
      },
    },
    'InvalidArgsException',
    /OmitExtension/,
  ],
  'no Enabled': [{ CrlConfiguration: { S3BucketName: 'a-bucket' } }, 'ValidationException', /Member must not be null/],
  'no days': [
    { CrlConfiguration: { ...bucket, ExpirationInDays: 0 } },
    'ValidationException',
    /greater than or equal to 1/,
  ],
  'more than 5000 days': [
    { CrlConfiguration: { ...bucket, ExpirationInDays: 5001 } },
    'ValidationException',
    /less than or equal to 5000/,
  ],
  'an ACL that is none': [
    { CrlConfiguration: { ...bucket, S3ObjectAcl: 'PRIVATE' } },
    'ValidationException',
    /enum value set: \[PUBLIC_READ, BUCKET_OWNER_FULL_CONTROL\]/,
  ],
  'a character that no URI has (RFC 2396)': [
    { CrlConfiguration: { ...bucket, CustomCname: 'crl.example.com/<x>' } },
    'ValidationException',
    /regular expression pattern/,
  ],
  'a path with an empty segment': [
    { CrlConfiguration: { ...bucket, CustomPath: 'a//b' } },
    'ValidationException',
    /regular expression pattern/,
  ],
};
for (const name of [
  '?',
  '//crl.example.com',
  'crl.example.com/',
  'crl.example.com?a=b',
  'user@crl.example.com',
  '.',
  'a:b',
  '%zz',
]) {
  const parts = [
    { CrlConfiguration: { ...bucket, CustomCname: name } },
    { OcspConfiguration: { Enabled: true, OcspCustomCname: name } },
  ];
  for (const part of name === 'crl.example.com/' ? parts.slice(1) : parts) {
    refused[`${name} as ${Object.keys(part)[0]}'s name: no URL of it would be followed`] = [
      part,
      'InvalidArgsException',
      /must be a host name/,
    ];
  }
}
for (const path of ['.', '..', 'a/..', '../a', 'a/./b', 'a?b', '%2e%2e', 'a/%2E']) {
  refused[`the path ${path}: clients would ask for something else`] = [
    { CrlConfiguration: { ...bucket, CustomCname: 'crl.example.com', CustomPath: path } },
    'InvalidArgsException',
    /^CustomPath must have a path of segments that are .*: found /,
  ];
  refused[`the path ${path} behind the name of the CRL`] = [
    { CrlConfiguration: { ...bucket, CustomCname: `crl.example.com/${path}` } },
    'InvalidArgsException',
    /^CustomCname must have a path of segments that are .*: found crl\.example\.com\//,
  ];
}
refused["a path without a name of the CRL's own, though no URL has it yet"] = [
  { CrlConfiguration: { ...bucket, CustomPath: 'a/..' } },
  'InvalidArgsException',
  /^CustomPath must have/,
];
refused['a name of the CRL that ends with a slash'] = [
  { CrlConfiguration: { ...bucket, CustomCname: 'crl.example.com/' } },
  'InvalidArgsException',
  /^CustomCname must have a path of segments that are not empty/,
];
for (const name of ['ocsp.example.com/ocsp', 'ocsp.example.com:8080/a/b', 'ocsp.example.com/.']) {
  refused[`a path in the name of OCSP: ${name}`] = [
    { OcspConfiguration: { Enabled: true, OcspCustomCname: name } },
    'InvalidArgsException',
    /^OcspCustomCname must be a host name, with a port if need be and without a path, .*: found ocsp\./,
  ];
}
for (const S3BucketName of [
  'Capitals',
  'two..dots',
  '192.168.0.1',
  '-dash',
  'xn--punycode',
  'a-bucket-s3alias',
  'under_score',
]) {
  refused[`the bucket name ${S3BucketName}`] = [
    { CrlConfiguration: { Enabled: true, S3BucketName } },
    'InvalidArgsException',
    /naming rules of Amazon S3/,
  ];
}

describe("Private CA's RevocationConfiguration", () => {
  for (const [name, [given, shown]] of Object.entries(accepted)) {
    it(`accepts ${name}, and shows it`, async () => {
      const made = ok(await create(given)).CertificateAuthorityArn;
      assert.deepEqual((await described(pca, made)).RevocationConfiguration, shown);
      const other = await activeRoot(pca);
      ok(await update(given, other.arn));
      assert.deepEqual((await described(pca, other.arn)).RevocationConfiguration, shown);
    });
  }

  for (const [name, [given, code, sentence]] of Object.entries(refused)) {
    it(`refuses ${name}: ${code}`, async () => {
      const { CertificateAuthorities: before } = ok(await call('ListCertificateAuthorities'));
      const stored = await described(pca, arn);
      assertException(await create(given), code, sentence);
      assertException(await update(given), code, sentence);
      assert.deepEqual(await described(pca, arn), stored);
      assert.equal(ok(await call('ListCertificateAuthorities')).CertificateAuthorities.length, before.length);
    });
  }

  it('refuses a CRL of an authority that may not sign one, by the CSR it asks for and by the certificate it has', async (t) => {
    const CsrExtensions = { KeyUsage: { KeyCertSign: true } };
    assertException(await create({ CrlConfiguration: bucket }, { CsrExtensions }), 'InvalidArgsException', /CRLSign/);
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    house.clock.advance({ seconds: Math.round((Date.now() - house.clock.now()) / 1000) + 60 });
    const pki = openOutsidePki(openssl);
    t.after(() => pki.close());
    const outside = pki.root();
    const below = await pending(pca, { CertificateAuthorityType: 'SUBORDINATE' });
    const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'];
    await install(pca, below, pki.sign(outside, await csrOf(pca, below), { extensions }), outside.chain);
    assertException(await update({ CrlConfiguration: bucket }, below), 'InvalidArgsException', /CRLSign/);
    ok(await update({ OcspConfiguration: { Enabled: true } }, below));
  });
});
