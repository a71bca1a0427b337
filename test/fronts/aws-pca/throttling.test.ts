import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { awsPcaFront, signingName } from '../../../src/fronts/aws-pca/front.ts';
import { quotas, requestRates } from '../../../src/fronts/aws-pca/quotas.ts';
import { withinQuotas } from '../../../src/services/quotas.ts';
import { admitWithin } from '../../../src/wire/request-rates.ts';
import { type AwsAnswer, assertException, awsCaller, ok } from '../aws-call.ts';
import { openHouse } from '../house.ts';
import { activeRoot, ecConfiguration, issuance, type Pca, pending } from './pca.ts';

/** Private CA with the service's rates, under a clock of their own, and with small quotas. */
async function limitedPca(): Promise<Pca & { readonly elapsed: { ms: number } }> {
  const elapsed = { ms: 0 };
  const house = await openHouse((parts) => [
    awsPcaFront({
      ...parts.aws(signingName),
      services: { ...parts.services, ...withinQuotas(parts.world, parts.services, { ...quotas, authorities: 2 }) },
      admit: admitWithin(requestRates, () => elapsed.ms),
    }),
  ]);
  return { house, call: awsCaller(house, { signingName, targetPrefix: 'ACMPrivateCA' }), elapsed };
}

describe('Private CA with AWS’s quotas', () => {
  let pca: Awaited<ReturnType<typeof limitedPca>>;
  let root = '';
  let csr = '';
  const many = (times: number, ask: () => Promise<AwsAnswer>) => Promise.all(Array.from({ length: times }, ask));
  const outcomes = (answers: readonly AwsAnswer[]) => {
    const codes = answers.map(({ status, body }) => (status === 200 ? 'ok' : String(body.__type)));
    return Object.fromEntries([...new Set(codes)].map((code) => [code, codes.filter((one) => one === code).length]));
  };

  before(async () => {
    pca = await limitedPca();
    root = (await activeRoot(pca)).arn;
    csr = readFileSync(new URL('../../vectors/csr/p256.pem', import.meta.url), 'utf8');
    pca.elapsed.ms += 10_000;
  });
  after(() => pca.house.close());

  it('has a rate for every operation of the service', () => {
    const vectors = new URL('../../vectors/acm-pca-operations.json', import.meta.url);
    assert.deepEqual(Object.keys(requestRates).toSorted(), JSON.parse(readFileSync(vectors, 'utf8')).toSorted());
    assert.deepEqual([requestRates.IssueCertificate, requestRates.GetCertificate], [25, 75]);
    assert.deepEqual(quotas, { authorities: 200, certificates: 1_000_000, revoked: 1_000_000 });
  });

  it('issues 25 certificates a second, and refuses the others as Rate exceeded', async () => {
    const issue = () => pca.call('IssueCertificate', issuance(root, csr));
    const answers = await many(40, issue);
    assert.deepEqual(outcomes(answers), { ok: 25, ThrottlingException: 15 });
    const refused = answers.find(({ status }) => status !== 200);
    assert.ok(refused);
    assertException(refused, 'ThrottlingException', 'Rate exceeded');
    assert.deepEqual(Object.keys(refused.body), ['__type', 'message']);
    pca.elapsed.ms += 200;
    assert.deepEqual(outcomes(await many(10, issue)), { ok: 5, ThrottlingException: 5 });
  });

  it('limits every account by itself, and each operation', async () => {
    const list =
      (key = pca.house.administrator) =>
      () =>
        pca.call('ListCertificateAuthorities', {}, { key });
    assert.deepEqual(outcomes(await many(30, list())), { ok: 20, ThrottlingException: 10 });
    assert.deepEqual(outcomes(await many(3, list(pca.house.reader))), { ThrottlingException: 3 });
    assert.deepEqual(outcomes(await many(3, list(pca.house.stranger))), { ok: 3 });
    ok(await pca.call('DescribeCertificateAuthority', { CertificateAuthorityArn: root }));
  });

  it('has no second allowance in another region', async () => {
    const list = (region: string) => pca.call('ListCertificateAuthorities', {}, { region });
    const regions = ['us-east-1', 'eu-west-1', 'xx-nowhere-9'];
    pca.elapsed.ms += 60_000;
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => list(regions[at % 3] ?? '')));
    assert.deepEqual(outcomes(answers), { ok: 20, ThrottlingException: 10 });
  });

  it('counts no request of a stranger against an account, whatever key id he names', async () => {
    pca.elapsed.ms += 60_000;
    const forged = { ...pca.house.administrator, secret: 'wrong'.repeat(8) };
    const guesses = await many(50, () => pca.call('ListCertificateAuthorities', {}, { key: forged }));
    assert.deepEqual(outcomes(guesses), { InvalidSignatureException: 50 });
    ok(await pca.call('ListCertificateAuthorities'));
  });

  it('refuses before anything is read, and notes whose request it was', async () => {
    await many(60, () => pca.call('ListTags', { CertificateAuthorityArn: root }));
    assertException(await pca.call('ListTags', 'no JSON'), 'ThrottlingException');
    const line = JSON.parse(pca.house.logged.at(-1) ?? '{}');
    assert.deepEqual(
      [line.code, line.outcome, line.account, line.operation],
      ['ThrottlingException', 'refused', pca.house.administrator.account, 'ListTags'],
    );
    assert.ok(!pca.house.logged.join().includes(pca.house.administrator.secret));
    assert.equal(pca.house.observations.at(-1)?.outcome, 'refused');
  });

  it('keeps the number of authorities of a region', async () => {
    const create = (region: string) => {
      pca.elapsed.ms += 1000;
      const wish = { CertificateAuthorityType: 'ROOT', CertificateAuthorityConfiguration: ecConfiguration };
      return pca.call('CreateCertificateAuthority', wish, { region });
    };
    await pending(pca);
    assertException(
      await create('us-east-1'),
      'LimitExceededException',
      'You have reached the limit of 2 private certificate authorities.',
    );
    ok(await create('eu-west-1'));
  });
});
