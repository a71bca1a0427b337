/** One account through both vendors' APIs: who sees what, and that a rule which protects an authority holds in each. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { awsAcmFront, signingName as acmName } from '../../src/fronts/aws-acm/front.ts';
import { awsPcaFront, signingName as pcaName } from '../../src/fronts/aws-pca/front.ts';
import { type AwsCaller, awsCaller, ok } from './aws-call.ts';
import {
  activeRoot as awsRoot,
  activeSubordinate as awsSubordinate,
  issued as awsIssued,
  pending as awsPending,
} from './aws-pca/pca.ts';
import type { House } from './house.ts';
import { ask, assertRefused, done, openHuawei } from './huawei-call.ts';
import {
  activeRoot,
  authorities,
  certificates,
  certificateWish,
  createByCsr,
  createCertificate,
  days,
  showCa,
  years,
} from './huawei-pca/pca.ts';
import { importOne, imported, madeElsewhere } from './huawei-scm/scm.ts';

const csr = readFileSync(join(import.meta.dirname, '../vectors/csr/p256.pem'), 'utf8');
const idOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

describe('one account through AWS and Huawei', () => {
  let house: House;
  let pca: { house: House; call: AwsCaller };
  let acm: AwsCaller;
  before(async () => {
    house = await openHuawei((parts) => [
      awsPcaFront({ ...parts.aws(pcaName), services: parts.services }),
      awsAcmFront({ ...parts.aws(acmName), services: parts.services }),
    ]);
    pca = { house, call: awsCaller(house, { signingName: pcaName, targetPrefix: 'ACMPrivateCA' }) };
    acm = awsCaller(house, { signingName: acmName, targetPrefix: 'CertificateManager' });
  });
  after(() => house.close());

  const arnOf = (id: string) => `arn:aws:acm-pca:us-east-1:${house.administrator.account}:certificate-authority/${id}`;

  describe('an authority made through AWS', () => {
    it('is shown by Huawei with empty strings for what its name lacks, and issues there', async () => {
      const { arn } = await awsRoot(pca);
      const shown = await showCa(house, idOf(arn));
      assert.deepEqual(shown.distinguished_name, {
        common_name: 'Test Root',
        country: 'CH',
        state: '',
        locality: '',
        organization: 'Chancery Tests',
        organizational_unit: '',
      });
      assert.deepEqual([shown.type, shown.status, shown.path_length, shown.issuer_id], ['ROOT', 'ACTIVED', 7, null]);
      const id = await createCertificate(house, idOf(arn));
      const { distinguished_name } = await done(house, 'GET', `${certificates}/${id}`);
      assert.deepEqual([distinguished_name.country, distinguished_name.state], ['CH', '']);
    });
    it('shows algorithms outside Huawei’s own list by their names', async () => {
      const arn = await awsPending(pca, {
        CertificateAuthorityConfiguration: {
          KeyAlgorithm: 'EC_secp521r1',
          SigningAlgorithm: 'SHA512WITHECDSA',
          Subject: { CommonName: 'p521' },
        },
      });
      const { key_algorithm, signature_algorithm, status } = await showCa(house, idOf(arn));
      assert.deepEqual([key_algorithm, signature_algorithm, status], ['EC521', 'SHA512', 'PENDING']);
    });
    it('with an ML-DSA key is shown by that name, and so is what it issues there', async () => {
      const mlDsa = { KeyAlgorithm: 'ML_DSA_65', SigningAlgorithm: 'ML_DSA_65' };
      const CertificateAuthorityConfiguration = { ...mlDsa, Subject: { CommonName: 'ml-dsa' } };
      const { arn } = await awsRoot(pca, { CertificateAuthorityConfiguration }, { SigningAlgorithm: 'ML_DSA_65' });
      const authority = await showCa(house, idOf(arn));
      const id = await createCertificate(house, idOf(arn));
      const leaf = await done(house, 'GET', `${certificates}/${id}`);
      for (const { signature_algorithm } of [authority, leaf]) assert.equal(signature_algorithm, 'ML-DSA-65');
      assert.equal(authority.key_algorithm, 'MLDSA65');
    });
    it('a pending root is not activated as somebody’s subordinate', async () => {
      const root = await activeRoot(house);
      const arn = await awsPending(pca);
      const body = { issuer_id: root, signature_algorithm: 'SHA256', validity: years(1) };
      const answer = await ask(house, 'POST', `${authorities}/${idOf(arn)}/activate`, { body });
      assertRefused(answer, 400, 'PCA.00020001', /is a root/);
      const { certificate } = await done(house, 'POST', `${authorities}/${root}/export`);
      const put = await ask(house, 'POST', `${authorities}/${idOf(arn)}/import`, { body: { certificate } });
      assertRefused(put, 400, 'PCA.00020001', /Only a subordinate/);
    });
    it('a pending subordinate is activated through Huawei, and AWS sees it active', async () => {
      const root = await activeRoot(house);
      const arn = await awsPending(pca, { CertificateAuthorityType: 'SUBORDINATE' });
      const body = { issuer_id: root, signature_algorithm: 'SHA256', validity: years(1), path_length: 0 };
      await done(house, 'POST', `${authorities}/${idOf(arn)}/activate`, { body });
      const described = ok(await pca.call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn }));
      assert.equal(described.CertificateAuthority.Status, 'ACTIVE');
    });
    it('keeps its path length', async () => {
      const { arn } = await awsSubordinate(pca, (await awsRoot(pca)).arn, 0);
      assert.equal((await showCa(house, idOf(arn))).path_length, 0);
      const body = { issuer_id: idOf(arn), csr, validity: days(1), type: 'INTERMEDIATE_CA' };
      const answer = await ask(house, 'POST', `${certificates}/csr`, { body });
      assertRefused(answer, 400, 'PCA.00020203', 'Invalid CA path length.');
    });
    it('that is short-lived signs for seven days at most', async () => {
      const { arn } = await awsRoot(pca, { UsageMode: 'SHORT_LIVED_CERTIFICATE' });
      const wish = (value: number) => ({ body: certificateWish(idOf(arn), { validity: days(value) }) });
      assertRefused(await ask(house, 'POST', certificates, wish(8)), 400, 'PCA.00020109', /./);
      assert.equal((await ask(house, 'POST', certificates, wish(7))).status, 200);
      const by = await ask(house, 'POST', `${certificates}/csr`, {
        body: { issuer_id: idOf(arn), csr, validity: days(8) },
      });
      assertRefused(by, 400, 'PCA.00020109', /./);
    });
    it('in another region is in Huawei’s list all the same', async () => {
      const call: AwsCaller = (operation, input, as) => pca.call(operation, input, { region: 'eu-west-1', ...as });
      const arn = await awsPending({ house, call });
      const { certificate_authorities } = await done(house, 'GET', authorities, { query: { limit: 1000 } });
      assert.ok(certificate_authorities.some(({ ca_id }: { ca_id: string }) => ca_id === idOf(arn)));
    });
  });

  describe('a certificate', () => {
    it('issued from a CSR by Private CA is Huawei’s under its serial number', async () => {
      const { arn } = await awsRoot(pca);
      const { arn: certificate } = await awsIssued(pca, arn, csr);
      const serial = idOf(certificate);
      const id = serial.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      const shown = await done(house, 'GET', `${certificates}/${id}`);
      assert.deepEqual([shown.serial_number, shown.gen_mode, shown.issuer_id], [serial, 'CSR', idOf(arn)]);
    });
    it('that Private CA revoked is REVOKED for Huawei, which no longer exports it, and as before for ACM', async () => {
      const root = await activeRoot(house);
      const held = await createCertificate(house, root);
      const fromCsr = await createByCsr(house, root, csr);
      const kept = await createCertificate(house, root);
      const of = async (id: string) => done(house, 'GET', `${certificates}/${id}`);
      for (const id of [held, fromCsr]) {
        const wish = {
          CertificateAuthorityArn: arnOf(root),
          CertificateSerial: (await of(id)).serial_number,
          RevocationReason: 'KEY_COMPROMISE',
        };
        ok(await pca.call('RevokeCertificate', wish));
        assert.equal((await of(id)).status, 'REVOKED');
        const body = { type: 'OTHER', is_compressed: 'false' };
        const answer = await ask(house, 'POST', `${certificates}/${id}/export`, { body });
        assertRefused(answer, 400, 'PCA.00020001', /The certificate is REVOKED; only an ISSUED one can be exported\./);
      }
      const listed = async (status: string): Promise<readonly string[]> => {
        const { certificates: rows } = await done(house, 'GET', certificates, { query: { status, limit: 1000 } });
        for (const row of rows) assert.equal(row.status, status);
        return rows.map(({ certificate_id }: { certificate_id: string }) => certificate_id);
      };
      assert.deepEqual(new Set(await listed('REVOKED')), new Set([fromCsr, held]));
      const issued = await listed('ISSUED');
      assert.deepEqual(
        [held, fromCsr, kept].map((id) => issued.includes(id)),
        [false, false, true],
      );
      const CertificateArn = `arn:aws:acm:us-east-1:${house.administrator.account}:certificate/${held}`;
      const { Certificate } = ok(await acm('DescribeCertificate', { CertificateArn }));
      assert.equal(Certificate.Status, 'ISSUED', 'ACM does not learn of what Private CA revokes');
      ok(await acm('GetCertificate', { CertificateArn }));
      await done(house, 'DELETE', `${certificates}/${fromCsr}`);
      assert.deepEqual(await listed('REVOKED'), [held]);
    });
    it('issued from a CSR by Huawei is Private CA’s, and not ACM’s; deleting it here takes nothing from there', async () => {
      const root = await activeRoot(house);
      const id = await createByCsr(house, root, csr);
      const ask_ = {
        CertificateAuthorityArn: arnOf(root),
        CertificateArn: `${arnOf(root)}/certificate/${id.replaceAll('-', '')}`,
      };
      const { Certificate } = ok(await pca.call('GetCertificate', ask_));
      assert.ok(new X509Certificate(Certificate).subject.length > 0);
      await done(house, 'DELETE', `${certificates}/${id}`);
      assert.equal(ok(await pca.call('GetCertificate', ask_)).Certificate, Certificate);
    });
    it('with its key here is ACM’s under the same UUID, and exported through both', async () => {
      const root = await activeRoot(house);
      const id = await createCertificate(house, root);
      const CertificateArn = `arn:aws:acm:us-east-1:${house.administrator.account}:certificate/${id}`;
      const { Certificate } = ok(await acm('DescribeCertificate', { CertificateArn }));
      assert.deepEqual([Certificate.Type, Certificate.Status], ['PRIVATE', 'ISSUED']);
      const Passphrase = Buffer.from('passphrase').toString('base64');
      const out = ok(await acm('ExportCertificate', { CertificateArn, Passphrase }));
      const form = { type: 'OTHER', is_compressed: 'false' };
      const same = await done(house, 'POST', `${certificates}/${id}/export`, { body: form });
      assert.equal(same.certificate, out.Certificate.trimEnd().replaceAll('\n', '\r\n'));
    });
    it('requested in ACM is exported as Huawei’s Tomcat bundle; one that failed there is not seen', async () => {
      const root = await activeRoot(house);
      const wish = {
        DomainName: 'www.example.com',
        CertificateAuthorityArn: arnOf(root),
        KeyAlgorithm: 'EC_prime256v1',
      };
      const { CertificateArn } = ok(await acm('RequestCertificate', wish));
      const body = { type: 'TOMCAT', is_compressed: 'true' };
      const answer = await ask(house, 'POST', `${certificates}/${idOf(CertificateArn)}/export`, { body });
      assert.equal(answer.status, 200, JSON.stringify(answer.json));
      assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="www.example.com_tomcat.zip"');
      await done(house, 'POST', `${authorities}/${root}/disable`);
      const failed = ok(await acm('RequestCertificate', { ...wish, DomainName: 'other.example.com' }));
      const shown = await ask(house, 'GET', `${certificates}/${idOf(failed.CertificateArn)}`);
      assertRefused(shown, 400, 'PCA.10010002', 'The resource does not exist.');
    });
    it('imported into ACM is in SCM, and the other way; neither is PCA’s', async () => {
      const upload = await madeElsewhere(house);
      const base64 = (text: string) => Buffer.from(text.replaceAll('\r\n', '\n')).toString('base64');
      const { CertificateArn } = ok(
        await acm('ImportCertificate', {
          Certificate: base64(upload.certificate),
          CertificateChain: base64(upload.certificate_chain),
          PrivateKey: base64(upload.private_key),
        }),
      );
      const { certificates: rows } = await done(house, 'GET', imported);
      assert.equal(rows.length, 1);
      const [{ id, name }] = rows;
      assert.equal(name, id);
      const exported = await done(house, 'POST', `${imported}/${id}/export`);
      assert.equal(exported.certificate, upload.certificate.replaceAll('\r\n', '\n'));

      await importOne(house, 'from-scm');
      const { CertificateSummaryList } = ok(
        await acm('ListCertificates', { Includes: { keyTypes: ['EC_prime256v1'] } }),
      );
      const types = CertificateSummaryList.filter(({ Type }: { Type: string }) => Type === 'IMPORTED');
      assert.equal(types.length, 2);
      const shown = await ask(house, 'GET', `${certificates}/${idOf(CertificateArn)}`);
      assertRefused(shown, 400, 'PCA.10010002', 'The resource does not exist.');
    });
  });
});
