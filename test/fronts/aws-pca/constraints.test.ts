import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { awsPcaFront } from '../../../src/fronts/aws-pca/front.ts';
import { refused } from '../../../src/fronts/aws-pca/refused.ts';
import type { Front } from '../../../src/wire/front.ts';
import { askFront, asReader } from '../ask-front.ts';
import { assertConstraints, constraintsOf, type Samples, sentence } from '../constraint-cases.ts';
import { type House, openHouse } from '../house.ts';

const authority = 'arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/11111111-2222-4333-8444-555555555555';

const samples: Samples = {
  CertificateAuthorityArn: authority,
  ResourceArn: authority,
  CertificateArn: `${authority}/certificate/${'0'.repeat(32)}`,
  TemplateArn: 'arn:aws:acm-pca:::template/EndEntityCertificate/V1',
  ObjectIdentifier: '1.2.3',
  TypeId: '1.2.3',
  RegisteredId: '1.2.3',
  CertPolicyId: '1.2.3',
  CustomObjectIdentifier: '1.2.3',
  ExtendedKeyUsageObjectIdentifier: '1.2.3',
  'ApiPassthrough.Extensions.CustomExtensions[].Value': 'YWJj',
  AuditReportId: '11111111-2222-4333-8444-555555555555',
  SourceAccount: '111122223333',
  CertificateSerial: 'ab',
};

describe('Private CA meets every constraint of the model, in AWS’s sentences:', () => {
  const model = constraintsOf('acm-pca');
  let house: House;
  let front: Front;

  before(async () => {
    house = await openHouse(() => []);
    front = awsPcaFront({ ...house.aws('acm-pca'), services: house.services, authenticate: asReader(house) });
  });
  after(() => house.close());

  for (const [name, rows] of Object.entries(model)) {
    it(name, async () => {
      if (Object.hasOwn(refused, name)) return;
      await assertConstraints(askFront(front, `ACMPrivateCA.${name}`), rows, samples);
    });
  }

  it('in the model’s order when several members break a rule, the pattern of a member before its lengths', async () => {
    const ask = askFront(front, 'ACMPrivateCA.IssueCertificate');
    const { refusal } = await ask({
      CertificateAuthorityArn: 'arn',
      ApiPassthrough: { Subject: { CustomAttributes: [{ ObjectIdentifier: 'x' }, { Value: '' }] } },
      Validity: { Value: 0, Type: 'WEEKS' },
      Csr: '',
      IdempotencyToken: '\u0100'.repeat(37),
    });
    const attributes = 'ApiPassthrough.Subject.CustomAttributes';
    const found = (refusal?.[1] ?? '').split(/(?:detected: |; )(?=Value)/);
    assert.deepEqual(found, [
      '12 validation errors ',
      sentence(" 'x'", `${attributes}[].ObjectIdentifier`, `satisfy regular expression pattern: ${oid}`),
      sentence(' null', `${attributes}[].Value`, 'not be null'),
      sentence(' null', `${attributes}[].ObjectIdentifier`, 'not be null').replace('.1.', '.2.'),
      sentence(" ''", `${attributes}[].Value`, 'have length greater than or equal to 1').replace('.1.', '.2.'),
      sentence(" 'arn'", 'CertificateAuthorityArn', `satisfy regular expression pattern: ${arn}`),
      sentence(" 'arn'", 'CertificateAuthorityArn', 'have length greater than or equal to 5'),
      sentence(" 'java.nio.HeapByteBuffer[pos=0 lim=0 cap=0]'", 'Csr', 'have length greater than or equal to 1'),
      sentence(' null', 'SigningAlgorithm', 'not be null'),
      sentence(" '0'", 'Validity.Value', 'have value greater than or equal to 1'),
      sentence(" 'WEEKS'", 'Validity.Type', 'satisfy enum value set: [END_DATE, ABSOLUTE, DAYS, MONTHS, YEARS]'),
      sentence(` '${'\u0100'.repeat(37)}'`, 'IdempotencyToken', `satisfy regular expression pattern: ${token}`),
      sentence(` '${'\u0100'.repeat(37)}'`, 'IdempotencyToken', 'have length less than or equal to 36'),
    ]);
  });
});

const oid = '([0-2])\\.([0-9]|([0-3][0-9]))((\\.([0-9]+)){0,126})';
const arn = 'arn:[\\w+=/,.@-]+:acm-pca:[\\w+=/,.@-]*:[0-9]*:[\\w+=,.@-]+(/[\\w+=,.@-]+)*';
const token = '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*';
