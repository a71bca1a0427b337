import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Caller } from '../../../src/core/account.ts';
import { attributeTypes } from '../../../src/core/name.ts';
import { region } from '../../../src/core/ids.ts';
import { assertException, ok } from '../aws-call.ts';
import { beginning } from '../house.ts';
import { csrVector, describe as described, issued, openPca } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

/** An active root as the other vendor's front makes it: signed in one step, in the default region. */
async function elsewhere(attributes: [keyof typeof attributeTypes, string][]): Promise<string> {
  const { account, domain, id: accessKey } = house.administrator;
  const caller: Caller = {
    account,
    domain,
    accessKey,
    userName: 'administrator',
    role: 'administrator',
    isOperator: true,
    region: region('us-east-1'),
    front: 'huawei-pca',
    operation: 'CreateCertificateAuthority',
    requestId: 'test',
  };
  const keyUsages = ['digitalSignature', 'keyCertSign', 'cRLSign'] as const;
  const id = await house.services.createAuthority(caller, {
    type: 'root',
    subject: attributes.map(([type, value]) => [{ type: attributeTypes[type], value }]),
    keyAlgorithm: 'P-256',
    signatureAlgorithm: 'SHA256-ECDSA',
    keyUsages,
    csrExtensions: [],
    usageMode: 'general',
    vendor: { huawei: { enterpriseProject: '0' } },
    tags: [],
    sign: {
      signatureAlgorithm: 'SHA256-ECDSA',
      term: { wish: { unit: 'years', count: 10 }, backdateMs: 60_000 },
      keyUsages,
    },
  });
  return `arn:aws:acm-pca:us-east-1:${account}:certificate-authority/${id}`;
}

describe('an authority that was made through another API', () => {
  it('is shown, issues, and is disabled and deleted like one of Private CA', async () => {
    const arn = await elsewhere([
      ['CN', 'Elsewhere'],
      ['C', 'CN'],
      ['O', 'Other'],
    ]);
    const found = await described(pca, arn);
    assert.deepEqual(found.CertificateAuthorityConfiguration, {
      KeyAlgorithm: 'EC_prime256v1',
      SigningAlgorithm: 'SHA256WITHECDSA',
      Subject: { CommonName: 'Elsewhere', Country: 'CN', Organization: 'Other' },
    });
    assert.deepEqual([found.Status, found.NotBefore], ['ACTIVE', beginning / 1000 - 60]);
    assert.equal(found.KeyStorageSecurityStandard, 'FIPS_140_2_LEVEL_3_OR_HIGHER');
    assert.deepEqual(found.RevocationConfiguration, {
      CrlConfiguration: { Enabled: false },
      OcspConfiguration: { Enabled: false },
    });
    const { Certificate } = ok(await call('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: arn }));
    const leaf = await issued(pca, arn, csrVector('p256'));
    assert.equal(leaf.chain, Certificate);
    const own = `${arn}/certificate/${BigInt(found.Serial).toString(16)}`;
    const again = ok(await call('GetCertificate', { CertificateAuthorityArn: arn, CertificateArn: own }));
    assert.deepEqual(again, { Certificate });
    const ocsp = { RevocationConfiguration: { OcspConfiguration: { Enabled: true } } };
    ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status: 'DISABLED', ...ocsp }));
    assert.deepEqual((await described(pca, arn)).RevocationConfiguration.OcspConfiguration, { Enabled: true });
    ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
    assertException(
      await call('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: arn }),
      'InvalidStateException',
    );
  });

  it('shows custom attributes where the standard members cannot say its name', async () => {
    const twoUnits: [keyof typeof attributeTypes, string][] = [
      ['CN', 'Units'],
      ['OU', 'A'],
      ['OU', 'B'],
    ];
    const { Subject } = (await described(pca, await elsewhere(twoUnits))).CertificateAuthorityConfiguration;
    assert.deepEqual(Subject, {
      CustomAttributes: [
        { ObjectIdentifier: '2.5.4.3', Value: 'Units' },
        { ObjectIdentifier: '2.5.4.11', Value: 'A' },
        { ObjectIdentifier: '2.5.4.11', Value: 'B' },
      ],
    });
  });
});
