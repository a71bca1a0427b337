import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { activeRoot, activeSubordinate, judge, openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const root = await activeRoot(pca);
const ask = (what: string, CertificateAuthorityArn: string, as = {}) => call(what, { CertificateAuthorityArn }, as);

describe('Private CA GetCertificateAuthorityCsr and GetCertificateAuthorityCertificate', () => {
  describe('accept', () => {
    it('an authority that is pending, active or disabled, and a reader', async () => {
      const waiting = await pending(pca);
      ok(await ask('GetCertificateAuthorityCsr', waiting, { key: house.reader }));
      const { arn } = await activeRoot(pca);
      for (const Status of ['ACTIVE', 'DISABLED']) {
        ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status }));
        for (const operation of ['GetCertificateAuthorityCsr', 'GetCertificateAuthorityCertificate']) {
          ok(await ask(operation, arn, { key: house.reader }));
        }
      }
    });
  });

  describe('refuse', () => {
    it('a deleted authority, and the certificate of a pending one, in the words that clients match', async () => {
      const arn = await pending(pca);
      const sentence = `The certificate authority ${arn} is not in the correct state to have a certificate signing request.`;
      assertException(await ask('GetCertificateAuthorityCertificate', arn), 'InvalidStateException', sentence);
      ok(await ask('GetCertificateAuthorityCsr', arn));
      ok(await ask('DeleteCertificateAuthority', arn));
      assertException(await ask('GetCertificateAuthorityCsr', arn), 'InvalidStateException', sentence);
      assertException(await ask('GetCertificateAuthorityCertificate', arn), 'InvalidStateException', sentence);
    });

    it('another account, and one of another region: ResourceNotFoundException', async () => {
      for (const operation of ['GetCertificateAuthorityCsr', 'GetCertificateAuthorityCertificate']) {
        assertException(await ask(operation, root.arn, { key: house.stranger }), 'AccessDeniedException');
        assertException(await ask(operation, root.arn, { region: 'eu-west-1' }), 'ResourceNotFoundException');
      }
    });
  });

  describe('do', () => {
    it('give one CSR as long as the authority lives, for its name, signed by its key', async (t) => {
      const arn = await pending(pca, { CertificateAuthorityType: 'SUBORDINATE' });
      const { Csr } = ok(await ask('GetCertificateAuthorityCsr', arn));
      assert.match(Csr, /^-----BEGIN CERTIFICATE REQUEST-----\n[^\r]*\n-----END CERTIFICATE REQUEST-----\n?$/);
      assert.deepEqual(ok(await ask('GetCertificateAuthorityCsr', arn)), { Csr });
      const command = ['req', '-in', 'a.csr', '-verify', '-noout', '-subject', '-nameopt', 'RFC2253'];
      const text = await judge(t, { 'a.csr': Csr }, command);
      if (text !== '') assert.equal(text.trim(), 'subject=CN=Test Root,O=Chancery Tests,C=CH');
    });

    it("give a subordinate's certificate with its chain, and a root's without one", async () => {
      const below = await activeSubordinate(pca, root.arn, 0);
      assert.deepEqual(ok(await ask('GetCertificateAuthorityCertificate', below.arn)), {
        Certificate: below.certificate,
        CertificateChain: root.certificate,
      });
      assert.deepEqual(ok(await ask('GetCertificateAuthorityCertificate', root.arn)), {
        Certificate: root.certificate,
      });
    });
  });
});
