/** Every way to a certificate in this release, through AWS and Huawei, below an authority of either. */
import assert from 'node:assert/strict';
import { assertException, type AwsCaller, ok } from './aws-call.ts';
import { csrVector, days as awsDays, issuance, template } from './aws-pca/pca.ts';
import type { House } from './house.ts';
import { ask, assertRefused, done } from './huawei-call.ts';
import { authorities, certificates, certificateWish, createCa, days, pendingWish, showCa } from './huawei-pca/pca.ts';

/** What each front says of a broken rule: code and sentence. */
export type Words = readonly [code: string, sentence: RegExp];

/** What a certificate is asked for: how long it lives (ACM knows 395 days only), and the name in it. */
export interface Asked {
  readonly forDays: number;
  readonly name: string;
}

export interface Vendors {
  readonly house: House;
  readonly pca: AwsCaller;
  readonly acm: AwsCaller;
  /** The CSR for a name that is not `www.example.com`. */
  readonly csrs: ReadonlyMap<string, string>;
}

export type Way = keyof ReturnType<typeof waysToACertificate>;

/** Each asks once below the authority `id`; gives what asserts that it was refused in these words. */
export function waysToACertificate({ house, pca, acm, csrs }: Vendors) {
  const arnOf = (id: string) => `arn:aws:acm-pca:us-east-1:${house.administrator.account}:certificate-authority/${id}`;
  const post = (path: string, body: object) => ask(house, 'POST', path, { body });
  const csrFor = (name: string) => csrs.get(name) ?? csrVector('p256');
  return {
    'IssueCertificate of a leaf': async (id: string, { forDays, name }: Asked) => {
      const wish = issuance(arnOf(id), csrFor(name), { Validity: awsDays(forDays) });
      const answer = await pca('IssueCertificate', wish);
      return async (words: Words) => assertException(answer, ...words);
    },
    'IssueCertificate of a subordinate': async (id: string, { forDays, name }: Asked) => {
      const TemplateArn = template('SubordinateCACertificate_PathLen0');
      const wish = issuance(arnOf(id), csrFor(name), { TemplateArn, Validity: awsDays(forDays) });
      const answer = await pca('IssueCertificate', wish);
      return async (words: Words) => assertException(answer, ...words);
    },
    'ACM RequestCertificate': async (id: string, { name }: Asked) => {
      const wish = { DomainName: name, CertificateAuthorityArn: arnOf(id), KeyAlgorithm: 'EC_prime256v1' };
      const { CertificateArn } = ok(await acm('RequestCertificate', wish));
      const { Certificate } = ok(await acm('DescribeCertificate', { CertificateArn }));
      return ([reason]: Words) => {
        const { Status, FailureReason, Serial, NotAfter } = Certificate;
        assert.deepEqual([Status, FailureReason, Serial, NotAfter], ['FAILED', reason, undefined, undefined]);
      };
    },
    CreateCertificate: async (id: string, { forDays, name }: Asked) => {
      const names = [{ type: 'DNS', value: name }];
      const wish = { distinguished_name: { common_name: name }, subject_alternative_names: names };
      const answer = await post(certificates, certificateWish(id, { ...wish, validity: days(forDays) }));
      return async (words: Words) => assertRefused(answer, 400, ...words);
    },
    'CreateCertificateByCsr of a leaf': async (id: string, { forDays, name }: Asked) => {
      const body = { issuer_id: id, csr: csrFor(name), validity: days(forDays), type: 'ENTITY_CERT' };
      const answer = await post(`${certificates}/csr`, body);
      return async (words: Words) => assertRefused(answer, 400, ...words);
    },
    'CreateCertificateByCsr of an intermediate': async (id: string, { forDays, name }: Asked) => {
      const body = { issuer_id: id, csr: csrFor(name), validity: days(forDays), type: 'INTERMEDIATE_CA' };
      const answer = await post(`${certificates}/csr`, body);
      return async (words: Words) => assertRefused(answer, 400, ...words);
    },
    'CreateCertificateAuthority of a subordinate': async (id: string, { forDays, name }: Asked) => {
      const signed = { issuer_id: id, signature_algorithm: 'SHA256', validity: days(forDays) };
      const answer = await post(authorities, pendingWish({ ...signed, distinguished_name: subjectOf(name) }));
      return async (words: Words) => assertRefused(answer, 400, ...words);
    },
    'IssueCertificateAuthorityCertificate of a pending subordinate': async (id: string, { forDays, name }: Asked) => {
      const sub = await createCa(house, pendingWish({ distinguished_name: subjectOf(name) }));
      const body = { issuer_id: id, signature_algorithm: 'SHA256', validity: days(forDays) };
      const answer = await post(`${authorities}/${sub}/activate`, body);
      return async (words: Words) => {
        assertRefused(answer, 400, ...words);
        assert.equal((await showCa(house, sub)).status, 'PENDING');
        await done(house, 'DELETE', `${authorities}/${sub}`);
      };
    },
  };
}

const subjectOf = (name: string) => ({
  common_name: name,
  country: 'CH',
  state: 'Bern',
  locality: 'Bern',
  organization: 'Tests',
  organizational_unit: 'PKI',
});
