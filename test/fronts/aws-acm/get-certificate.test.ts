import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { certificateId } from '../../../src/core/ids.ts';
import { assertException, ok } from '../aws-call.ts';
import { absent, authority, openAcm, requested } from './acm.ts';
import { foreign, foreignChain, importInput } from './foreign.ts';

const acm = await openAcm();
const { house, call } = acm;
const issuer = await authority(acm);
after(() => house.close());

describe('ACM GetCertificate', () => {
  describe('does', () => {
    it('gives the certificate and the chain above it up to the root, without the certificate itself', async () => {
      const arn = await requested(acm, issuer.arn);
      const found = ok(await call('GetCertificate', { CertificateArn: arn }));
      assert.match(found.Certificate, /^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/);
      assert.equal(found.CertificateChain, `${issuer.certificate.trimEnd()}\n${issuer.root.trimEnd()}\n`);
    });

    it('gives an import back byte by byte, its chain as it was given', async () => {
      const { leaf, issuing } = foreignChain();
      const input = importInput({ ...leaf, chain: issuing.certificate });
      const { CertificateArn } = ok(await call('ImportCertificate', input));
      assert.deepEqual(ok(await call('GetCertificate', { CertificateArn })), {
        Certificate: leaf.certificate,
        CertificateChain: issuing.certificate,
      });
    });

    it('leaves the chain of a self-signed certificate out', async () => {
      const made = foreign();
      const { CertificateArn } = ok(await call('ImportCertificate', importInput(made)));
      assert.deepEqual(ok(await call('GetCertificate', { CertificateArn })), { Certificate: made.certificate });
    });
  });

  describe('refuses', () => {
    it('a certificate that has not been issued yet: RequestInProgressException', async () => {
      const CertificateArn = await pendingCertificate();
      for (const [name, more] of [
        ['GetCertificate', {}],
        ['ExportCertificate', { Passphrase: Buffer.from('passphrase').toString('base64') }],
      ] as const) {
        assertException(
          await call(name, { CertificateArn, ...more }),
          'RequestInProgressException',
          `The certificate ${CertificateArn} has not been issued yet. Try again later.`,
        );
      }
    });

    it('one whose request has failed', async () => {
      const CertificateArn = await requested(acm, absent(issuer.arn));
      assertException(
        await call('GetCertificate', { CertificateArn }),
        'ValidationException',
        `The certificate ${CertificateArn} was not issued: its request has failed.`,
      );
    });
  });
});

/** What a slow authority would leave behind; nothing here is slow yet. */
async function pendingCertificate(): Promise<string> {
  const { account } = house.administrator;
  const key = await house.world.vault.generate(account, 'P-256');
  const failed = await requested(acm, absent(issuer.arn));
  const like = await house.world.store.managed.get(account, certificateId(failed.slice(-36)));
  assert.ok(like !== undefined);
  const id = certificateId(house.world.random.uuid());
  const certificate = { ...like, id, key: key.id, state: { kind: 'pending' } } as const;
  await house.world.store.commit('create-managed', { certificate, key, tags: [] });
  return failed.replace(/[^/]+$/, id);
}
