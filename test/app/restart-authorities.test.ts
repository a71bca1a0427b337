/** What a client was promised holds over a crash: an authority that is being created, and idempotency tokens. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCsr } from '../../scripts/make-csr.ts';
import { ok } from '../fronts/aws-call.ts';
import { anAuthority, base64, liveCalls } from '../live-calls.ts';
import { folderForTests, startServerProcess } from '../running-server.ts';

describe('a server that is killed and started again', async () => {
  const folder = await folderForTests();
  const settings = { CHANCERY_HOME: join(folder, 'home') };

  it('finishes the authorities that were being created, and answers the same to the same tokens', async () => {
    let server = await startServerProcess(settings);
    let live = liveCalls(server);
    const root = await anAuthority(live);
    const creation = (KeyAlgorithm: string) => ({
      CertificateAuthorityType: 'ROOT',
      CertificateAuthorityConfiguration: {
        KeyAlgorithm,
        SigningAlgorithm: 'SHA256WITHRSA',
        Subject: { CommonName: 'Slow Root' },
      },
      IdempotencyToken: 'over-a-restart',
    });
    const issuance = {
      CertificateAuthorityArn: root.arn,
      Csr: base64(makeCsr('restart.test').csr),
      SigningAlgorithm: 'SHA256WITHECDSA',
      Validity: { Type: 'DAYS', Value: 7 },
      IdempotencyToken: 'over-a-restart',
    };
    const create = async () =>
      String(ok(await live.pca('CreateCertificateAuthority', creation('RSA_4096'))).CertificateAuthorityArn);
    const issue = async () => String(ok(await live.pca('IssueCertificate', issuance)).CertificateArn);
    const describeSlow = async (arn: string) =>
      ok(await live.pca('DescribeCertificateAuthority', { CertificateAuthorityArn: arn })).CertificateAuthority;
    const certificate = await issue();
    const arn = await create(); // the pool is filled only some seconds after a start
    assert.equal((await describeSlow(arn)).Status, 'CREATING');
    server.signal('SIGKILL');
    await server.ended;

    server = await startServerProcess(settings);
    live = liveCalls(server);
    assert.equal(await create(), arn);
    assert.equal(await issue(), certificate);
    while ((await describeSlow(arn)).Status === 'CREATING') await sleep(50);
    assert.equal((await describeSlow(arn)).Status, 'PENDING_CERTIFICATE');
    const { Csr } = ok(await live.pca('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arn }));
    assert.match(Csr, /^-----BEGIN CERTIFICATE REQUEST-----/);
    assert.equal(await create(), arn);
    await server.stop();
  });
});
