/**
 * A rule that protects an authority holds in every front: each rule, broken through each way to make a certificate,
 * against an authority that was made through the other vendor's API where that API can make one with such a limit.
 * Each is refused in the words of the front that was asked, and nothing is issued.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { awsAcmFront, signingName as acmName } from '../../src/fronts/aws-acm/front.ts';
import { awsPcaFront, signingName as pcaName } from '../../src/fronts/aws-pca/front.ts';
import { needs } from '../programs.ts';
import { assertException, type AwsCaller, awsCaller, ok } from './aws-call.ts';
import {
  activeRoot as awsRoot,
  activeSubordinate as awsSubordinate,
  csrVector,
  days as awsDays,
  issuance,
  pending as awsPending,
  template,
} from './aws-pca/pca.ts';
import type { House } from './house.ts';
import { done, openHuawei } from './huawei-call.ts';
import { activeRoot, activeSubordinate, authorities, createCa, days, pendingWish } from './huawei-pca/pca.ts';
import { csrOfOpenssl, signedOutside } from './rules-signed-outside.ts';
import { type Asked, type Way, waysToACertificate, type Words } from './rules-ways.ts';

const leafCsr = csrVector('p256');
const validity = 'PCA.00020109';
const parameter = 'PCA.00020001';

describe('a rule that protects an authority', () => {
  let house: House;
  let pca: { house: House; call: AwsCaller };
  let acm: AwsCaller;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chancery-rules-'));
    house = await openHuawei((parts) => [
      awsPcaFront({ ...parts.aws(pcaName), services: parts.services }),
      awsAcmFront({ ...parts.aws(acmName), services: parts.services }),
    ]);
    pca = { house, call: awsCaller(house, { signingName: pcaName, targetPrefix: 'ACMPrivateCA' }) };
    acm = awsCaller(house, { signingName: acmName, targetPrefix: 'CertificateManager' });
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await house.close();
  });

  const idOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);
  const arnOf = (id: string) => `arn:aws:acm-pca:us-east-1:${house.administrator.account}:certificate-authority/${id}`;
  const csrs = new Map<string, string>();
  const ways = () => waysToACertificate({ house, pca: pca.call, acm, csrs });

  /** All that authorities signed, and the authorities that there are. */
  async function rows() {
    const issued = await house.world.store.issued.count(house.administrator.account);
    const all = await house.world.store.authorities.page(house.administrator.account, { limit: 1000, now: 0 });
    return { issued, authorities: all.items.length };
  }

  async function refuses(id: string, way: Way, asked: Partial<Asked>, words: Words): Promise<void> {
    const before = await rows();
    const assertWords: (words: Words) => void | Promise<void> = await ways()[way](id, {
      forDays: 5,
      name: 'www.example.com',
      ...asked,
    });
    await assertWords(words);
    assert.deepEqual(await rows(), before);
  }

  /** A rule as a chapter: one authority with the limit, and one test a way. */
  function rule(
    what: string,
    authority: (t: TestContext) => Promise<string | undefined>,
    asked: Partial<Asked>,
    words: Partial<Record<Way, Words>>,
  ): void {
    describe(what, () => {
      let made: Promise<string | undefined> | undefined;
      for (const [way, said] of Object.entries(words) as [Way, Words][]) // entries forgets the names of the table
        it(`is not broken by ${way}`, async (t) => {
          made ??= authority(t);
          const id = await made;
          if (id === undefined) {
            needs(t, 'openssl');
            return;
          }
          await refuses(id, way, asked, said);
        });
    });
  }

  it('stands against none of these ways where it is kept', async () => {
    const authority = { AWS: idOf((await awsRoot(pca)).arn), Huawei: await activeRoot(house) };
    for (const id of Object.values(authority))
      for (const [way, make] of Object.entries(ways())) {
        const before = await rows();
        await make(id, { forDays: 5, name: 'www.example.com' });
        assert.equal((await rows()).issued, before.issued + 1, way);
      }
  });

  const beyondSeven = 'a short-lived authority issues certificates of at most 7 days';
  const badValidity: Words = [validity, /^Invalid validity period type or value\./];
  // Only AWS makes short-lived authorities.
  const shortLived = async () => idOf((await awsRoot(pca, { UsageMode: 'SHORT_LIVED_CERTIFICATE' })).arn);
  rule(
    'usage mode: a short-lived authority signs for seven days at most',
    shortLived,
    { forDays: 8 },
    {
      'IssueCertificate of a leaf': ['ValidationException', new RegExp(beyondSeven)],
      'IssueCertificate of a subordinate': ['ValidationException', new RegExp(beyondSeven)],
      'ACM RequestCertificate': ['PCA_INVALID_ARGS', /./],
      CreateCertificate: badValidity,
      'CreateCertificateByCsr of a leaf': badValidity,
      'CreateCertificateByCsr of an intermediate': badValidity,
      'CreateCertificateAuthority of a subordinate': badValidity,
      'IssueCertificateAuthorityCertificate of a pending subordinate': badValidity,
    },
  );

  const badPathLength: Words = ['PCA.00020203', /^Invalid CA path length\.$/];
  const noneBelow: Words = ['ValidationException', /no authority is allowed below it/];
  const fromHuawei = async () => activeSubordinate(house, await activeRoot(house), { path_length: 0 });
  const fromAws = async () => idOf((await awsSubordinate(pca, (await awsRoot(pca)).arn, 0)).arn);
  rule(
    'path length: below an authority of Huawei’s with path length 0 stands no other',
    fromHuawei,
    {},
    {
      'IssueCertificate of a subordinate': noneBelow,
      'CreateCertificateByCsr of an intermediate': badPathLength,
      'CreateCertificateAuthority of a subordinate': badPathLength,
      'IssueCertificateAuthorityCertificate of a pending subordinate': badPathLength,
    },
  );
  rule(
    'path length: below an authority of AWS’s with path length 0 stands no other',
    fromAws,
    {},
    {
      'IssueCertificate of a subordinate': noneBelow,
      'CreateCertificateByCsr of an intermediate': badPathLength,
      'CreateCertificateAuthority of a subordinate': badPathLength,
      'IssueCertificateAuthorityCertificate of a pending subordinate': badPathLength,
    },
  );

  const beyondIssuer: Words = [
    'ValidationException',
    /^The certificate validity specified exceeds the certificate authority validity$/,
  ];
  const beyondEnd = {
    'IssueCertificate of a leaf': beyondIssuer,
    'IssueCertificate of a subordinate': beyondIssuer,
    'ACM RequestCertificate': ['PCA_INVALID_DURATION', /./],
    CreateCertificate: badValidity,
    'CreateCertificateByCsr of a leaf': badValidity,
    'CreateCertificateByCsr of an intermediate': badValidity,
    'CreateCertificateAuthority of a subordinate': badValidity,
    'IssueCertificateAuthorityCertificate of a pending subordinate': badValidity,
  } as const;
  const nearEndOfHuawei = () => activeRoot(house, { validity: days(10) });
  const nearEndOfAws = async () => idOf((await awsRoot(pca, {}, { Validity: awsDays(10) })).arn);
  rule('lifetime: nothing outlives an authority of Huawei’s', nearEndOfHuawei, { forDays: 11 }, beyondEnd);
  rule('lifetime: nothing outlives an authority of AWS’s', nearEndOfAws, { forDays: 11 }, beyondEnd);

  /** A subordinate of AWS's or Huawei's whose certificate openssl signed, with name constraints. */
  async function constrained(t: TestContext, vendor: 'AWS' | 'Huawei'): Promise<string | undefined> {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return undefined;
    csrs.set('www.outside.test', await csrOfOpenssl(openssl, 'www.outside.test'));
    const id =
      vendor === 'AWS'
        ? idOf(await awsPending(pca, { CertificateAuthorityType: 'SUBORDINATE' }))
        : await createCa(house, pendingWish());
    const { csr } =
      vendor === 'AWS'
        ? { csr: ok(await pca.call('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arnOf(id) })).Csr }
        : await done(house, 'GET', `${authorities}/${id}/csr`);
    const { certificate, root } = await signedOutside(openssl, folder, String(csr));
    if (vendor === 'AWS') {
      const [Certificate, CertificateChain] = [certificate, root].map((pem) => Buffer.from(pem).toString('base64'));
      const input = { CertificateAuthorityArn: arnOf(id), Certificate, CertificateChain };
      ok(await pca.call('ImportCertificateAuthorityCertificate', input));
    } else {
      await done(house, 'POST', `${authorities}/${id}/import`, { body: { certificate, certificate_chain: root } });
    }
    return id;
  }

  const outside: Words = ['ValidationException', /name constraints|permitted/i];
  const badName: Words = [parameter, /^Incorrect parameter\. .*(permitted|name constraints)/i];
  const outsideOf = {
    'IssueCertificate of a leaf': outside,
    'IssueCertificate of a subordinate': outside,
    'ACM RequestCertificate': ['PCA_NAME_CONSTRAINTS_VALIDATION', /./],
    CreateCertificate: badName,
    'CreateCertificateByCsr of a leaf': badName,
    'CreateCertificateByCsr of an intermediate': badName,
  } as const;
  const elsewhere = { name: 'www.outside.test' };
  rule(
    'name constraints: Huawei’s authority signs within the names it was given',
    (t) => constrained(t, 'Huawei'),
    elsewhere,
    outsideOf,
  );
  rule(
    'name constraints: AWS’s authority signs within the names it was given',
    (t) => constrained(t, 'AWS'),
    elsewhere,
    outsideOf,
  );

  const notIssuing: Words = [
    'InvalidStateException',
    /^The certificate authority is not in a valid state for issuing certificates$/,
  ];
  const isIn = (status: string): Words => [
    parameter,
    new RegExp(`^Incorrect parameter\\. Authority .* is ${status}, only`),
  ];
  const inState = (status: string) =>
    ({
      'IssueCertificate of a leaf': notIssuing,
      'IssueCertificate of a subordinate': notIssuing,
      'ACM RequestCertificate': ['PCA_INVALID_STATE', /./],
      CreateCertificate: isIn(status),
      'CreateCertificateByCsr of a leaf': isIn(status),
      'CreateCertificateByCsr of an intermediate': isIn(status),
      'CreateCertificateAuthority of a subordinate': isIn(status),
      'IssueCertificateAuthorityCertificate of a pending subordinate': isIn(status),
    }) as const;

  const disabledAtHuawei = async () => {
    const id = await activeRoot(house);
    await done(house, 'POST', `${authorities}/${id}/disable`);
    return id;
  };
  const disabledAtAws = async () => {
    const { arn } = await awsRoot(pca);
    ok(await pca.call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status: 'DISABLED' }));
    return idOf(arn);
  };
  rule('state: what Huawei disabled signs nothing', disabledAtHuawei, {}, inState('disabled'));
  rule('state: what AWS disabled signs nothing', disabledAtAws, {}, inState('disabled'));

  const deletedAtHuawei = async () => {
    const id = await disabledAtHuawei();
    await done(house, 'DELETE', `${authorities}/${id}`, { query: { pending_days: 7 } });
    return id;
  };
  const deletedAtAws = async () => {
    const id = await disabledAtAws();
    ok(await pca.call('DeleteCertificateAuthority', { CertificateAuthorityArn: arnOf(id) }));
    return id;
  };
  rule('state: what Huawei deleted signs nothing', deletedAtHuawei, {}, inState('deleted'));
  rule('state: what AWS deleted signs nothing', deletedAtAws, {}, inState('deleted'));

  const expiredOfHuawei = async () => {
    const id = await activeRoot(house, { validity: days(1) });
    house.clock.advance({ days: 2 });
    return id;
  };
  const expiredOfAws = async () => {
    const { arn } = await awsRoot(pca, {}, { Validity: awsDays(1) });
    house.clock.advance({ days: 2 });
    return idOf(arn);
  };
  rule('state: an expired authority of Huawei’s signs nothing', expiredOfHuawei, {}, inState('expired'));
  rule('state: an expired authority of AWS’s signs nothing', expiredOfAws, {}, inState('expired'));

  const pendingAtHuawei = () => createCa(house, pendingWish());
  const pendingAtAws = async () => idOf(await awsPending(pca));
  rule('state: what Huawei left pending signs nothing', pendingAtHuawei, {}, inState('pending'));
  rule('state: what AWS left pending signs nothing', pendingAtAws, {}, inState('pending'));

  it('a root template certifies no other key, also below an authority of Huawei’s', async () => {
    const id = await activeRoot(house);
    const before = await rows();
    const wish = issuance(arnOf(id), leafCsr, { TemplateArn: template('RootCACertificate') });
    assertException(await pca.call('IssueCertificate', wish), 'MalformedCSRException', /not the key that signs/);
    assert.deepEqual(await rows(), before);
  });
  it('a root template is refused to a subordinate of Huawei’s', async () => {
    const id = await activeSubordinate(house, await activeRoot(house));
    const before = await rows();
    const wish = issuance(arnOf(id), leafCsr, { TemplateArn: template('RootCACertificate') });
    assertException(await pca.call('IssueCertificate', wish), 'InvalidArgsException', /only a root signs/);
    assert.deepEqual(await rows(), before);
  });
});
