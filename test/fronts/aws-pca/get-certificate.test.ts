import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { activeRoot, csrOf, csrVector, issued, openPca, pending, template } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const root = await activeRoot(pca);
const leaf = await issued(pca, root.arn, csrVector('p256'));
const get = (CertificateArn: string, CertificateAuthorityArn = root.arn, as = {}) =>
  call('GetCertificate', { CertificateAuthorityArn, CertificateArn }, as);

describe('Private CA GetCertificate', () => {
  describe('accepts', () => {
    it("a subordinate's certificate, with its chain although it has the very name of its root", async () => {
      const arn = await pending(pca, { CertificateAuthorityType: 'SUBORDINATE' });
      const { chain } = await issued(pca, root.arn, await csrOf(pca, arn), {
        TemplateArn: template('SubordinateCACertificate_PathLen0'),
      });
      assert.equal(chain, root.certificate);
    });

    it("a root's own certificate, which has no chain, a reader, and a disabled authority", async () => {
      const own = await activeRoot(pca);
      const { CertificateArn } = ok(
        await call('IssueCertificate', {
          CertificateAuthorityArn: own.arn,
          Csr: Buffer.from(csrVector('p384')).toString('base64'),
          SigningAlgorithm: 'SHA256WITHECDSA',
          Validity: { Type: 'DAYS', Value: 1 },
        }),
      );
      ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: own.arn, Status: 'DISABLED' }));
      ok(await get(CertificateArn, own.arn, { key: house.reader }));
      house.clock.advance({ days: 2 });
      ok(await get(CertificateArn, own.arn));
      house.clock.advance({ days: -2 });
    });
  });

  describe('refuses', () => {
    it('a certificate that was never issued, or by another authority: ResourceNotFoundException', async () => {
      const never = `${root.arn}/certificate/${'4'.repeat(32)}`;
      assertException(await get(never), 'ResourceNotFoundException', `Could not find Certificate ${never}`);
      const other = await activeRoot(pca);
      const moved = `${other.arn}/certificate/${leaf.arn.slice(-32)}`;
      assertException(await get(moved, other.arn), 'ResourceNotFoundException', `Could not find Certificate ${moved}`);
      assertException(
        await get(leaf.arn, other.arn),
        'ResourceNotFoundException',
        `Could not find Certificate ${leaf.arn}`,
      );
    });

    it('what names no certificate: InvalidArnException', async () => {
      for (const arn of [root.arn, `${root.arn}/certificate/12`, `${leaf.arn}/certificate/1`]) {
        assertException(await get(arn), 'InvalidArnException', /is not valid\. A .* is expected\.$/);
      }
    });

    it('a deleted authority: InvalidStateException in the words that clients match', async () => {
      const gone = await activeRoot(pca);
      const { arn } = await issued(pca, gone.arn, csrVector('p256'));
      ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: gone.arn, Status: 'DISABLED' }));
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: gone.arn }));
      assertException(
        await get(arn, gone.arn),
        'InvalidStateException',
        `The certificate authority ${gone.arn} is not in the correct state to have issued certificates.`,
      );
    });

    it("another account's, and an authority that is not there", async () => {
      assertException(await get(leaf.arn, root.arn, { key: house.stranger }), 'AccessDeniedException');
      const nobody = `${root.arn.slice(0, -12)}000000000000`;
      assertException(
        await get(`${nobody}/certificate/${'4'.repeat(32)}`, nobody),
        'ResourceNotFoundException',
        `Could not find Certificate Authority ${nobody}`,
      );
    });
  });

  describe('does', () => {
    it('gives a certificate at once after it was issued, with the chain up to the root', async () => {
      const found = ok(await get(leaf.arn));
      assert.deepEqual(found, { Certificate: leaf.certificate, CertificateChain: root.certificate });
      assert.match(found.Certificate, /^-----BEGIN CERTIFICATE-----\n[^\r]*\n-----END CERTIFICATE-----$/);
    });
  });
});
