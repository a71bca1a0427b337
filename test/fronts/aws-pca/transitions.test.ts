/** From state to state: by operations, by the job that makes keys, by the clock. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { finishAuthorities } from '../../../src/services/finish-authority.ts';
import { assertException, ok } from '../aws-call.ts';
import { creating, fail, type InAState, inState, shortLifeDays } from './each-state.ts';
import { csrOf, describe as described, issuance, openPca, pending, template } from './pca.ts';

const pca = await openPca({ finishes: 'when-told' });
const { house, call } = pca;
after(() => house.close());

const on = (operation: string, { arn }: InAState, more = {}) =>
  call(operation, { CertificateAuthorityArn: arn, ...more });

describe('Private CA, the transitions', () => {
  const finish = () => finishAuthorities(house.world, new AbortController().signal);
  const statusOf = async (arn: string) => (await described(pca, arn)).Status;

  it('CREATING → PENDING_CERTIFICATE: answered at once, the same ARN for the same token meanwhile, the key made behind', async () => {
    const again = { IdempotencyToken: 'while-creating', Tags: [{ Key: 'made', Value: 'at once' }] };
    const arn = await creating(pca, again);
    assert.equal(await creating(pca, again), arn);
    const { Status, Serial, FailureReason, CertificateAuthorityConfiguration: shown } = await described(pca, arn);
    assert.deepEqual([Status, Serial, FailureReason], ['CREATING', undefined, undefined]);
    assert.deepEqual(shown.KeyAlgorithm, 'RSA_4096');
    assert.equal(ok(await call('ListTags', { CertificateAuthorityArn: arn })).Tags.length, 1);
    await finish();
    assert.equal(await statusOf(arn), 'PENDING_CERTIFICATE');
    assert.match(await csrOf(pca, arn), /^-----BEGIN CERTIFICATE REQUEST-----/);
    assert.equal(await creating(pca, again), arn);
    await finish(); // nothing is left to do
    const csr = await csrOf(pca, arn);
    const wish = issuance(arn, csr, { TemplateArn: template('RootCACertificate'), SigningAlgorithm: 'SHA256WITHRSA' });
    ok(await call('IssueCertificate', wish));
  });

  it('CREATING → gone, when it is deleted; the key that is made meanwhile is thrown away', async () => {
    const arn = await creating(pca);
    const finished = finish();
    ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
    await finished;
    assertException(
      await call('DescribeCertificateAuthority', { CertificateAuthorityArn: arn }),
      'ResourceNotFoundException',
    );
  });

  it('CREATING → FAILED with its reason; it never returns, and is gone when it is deleted', async () => {
    for (const [reason, word] of [
      ['timed-out', 'REQUEST_TIMED_OUT'],
      ['unsupported-algorithm', 'UNSUPPORTED_ALGORITHM'],
      ['other', 'OTHER'],
    ] as const) {
      const arn = await creating(pca);
      await fail(pca, arn, reason);
      await finish();
      const { Status, FailureReason } = await described(pca, arn);
      assert.deepEqual([Status, FailureReason], ['FAILED', word]);
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
      assertException(
        await call('RestoreCertificateAuthority', { CertificateAuthorityArn: arn }),
        'ResourceNotFoundException',
      );
    }
  });

  it('a key that is ready makes a PENDING_CERTIFICATE authority at once', async () => {
    assert.equal(await statusOf(await pending(pca)), 'PENDING_CERTIFICATE');
    const { account } = house.administrator;
    const key = await house.world.vault.generate(account, 'RSA-2048');
    assert.equal(key.algorithm, 'RSA-2048');
    const algorithms = { KeyAlgorithm: 'RSA_2048', SigningAlgorithm: 'SHA256WITHRSA', Subject: { CommonName: 'R' } };
    assert.equal(
      await statusOf(await pending(pca, { CertificateAuthorityConfiguration: algorithms })),
      'PENDING_CERTIFICATE',
    );
  });

  it('PENDING_CERTIFICATE, DISABLED, EXPIRED → DELETED → the same again, within the days', async () => {
    for (const state of ['PENDING_CERTIFICATE', 'DISABLED', 'EXPIRED'] as const) {
      const at = await inState(pca, state);
      const expires = state === 'EXPIRED';
      if (expires) house.clock.advance({ days: shortLifeDays + 1 });
      ok(await on('DeleteCertificateAuthority', at, { PermanentDeletionTimeInDays: 7 }));
      const { Status, RestorableUntil } = await described(pca, at.arn);
      assert.deepEqual([Status, RestorableUntil], ['DELETED', house.clock.now() / 1000 + 7 * 86_400]);
      ok(await on('RestoreCertificateAuthority', at));
      assert.equal(await statusOf(at.arn), state);
      if (expires) house.clock.advance({ days: -shortLifeDays - 1 });
    }
  });

  it('an authority is ACTIVE up to the last second of its certificate, and EXPIRED in the next', async () => {
    const { arn } = await inState(pca, 'EXPIRED');
    const { NotAfter } = await described(pca, arn);
    const seconds = NotAfter - house.clock.now() / 1000;
    house.clock.advance({ seconds });
    assert.equal(await statusOf(arn), 'ACTIVE');
    house.clock.advance({ seconds: 1 });
    assert.equal(await statusOf(arn), 'EXPIRED');
    house.clock.advance({ seconds: -seconds - 1 });
  });
});
