/** What is left when the restore period of a deleted authority is over: by the clock, and after the job. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { authorityId, serialNumber } from '../../../src/core/ids.ts';
import { purgeAuthorities } from '../../../src/services/purge-authority.ts';
import { assertException, ok } from '../aws-call.ts';
import { activeRoot, csrVector, days, describe as described, issued, openPca, pending } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const { account } = house.administrator;
const idOf = (arn: string) => authorityId(arn.split('/').at(-1) ?? '');

async function purge(): Promise<string[]> {
  const told: string[] = [];
  await purgeAuthorities(house.world, new AbortController().signal, ({ id }) => told.push(id));
  return told;
}

async function deleted(arn: string, more = {}): Promise<void> {
  ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn, ...more }));
}

async function disabledRoot() {
  const { arn, certificate } = await activeRoot(pca, { Tags: [{ Key: 'team', Value: 'pki' }] });
  const leaf = await issued(pca, arn, csrVector('p256'), { Validity: days(300) });
  ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status: 'DISABLED' }));
  return { arn, certificate, leaf };
}

describe('Private CA, the end of a deleted authority', () => {
  it('comes with its period by the clock, whether or not the job has run', async () => {
    const { arn, leaf } = await disabledRoot();
    await deleted(arn, { PermanentDeletionTimeInDays: 7 });
    house.clock.advance({ days: 7, seconds: -1 });
    assert.deepEqual(await purge(), []);
    assert.equal((await described(pca, arn)).Status, 'DELETED');
    house.clock.advance({ seconds: 1 });
    const assertGone = async () => {
      const on = { CertificateAuthorityArn: arn };
      for (const operation of ['DescribeCertificateAuthority', 'RestoreCertificateAuthority', 'ListTags'] as const) {
        assertException(
          await call(operation, on),
          'ResourceNotFoundException',
          `Could not find Certificate Authority ${arn}`,
        );
      }
      assertException(await call('GetCertificate', { ...on, CertificateArn: leaf.arn }), 'ResourceNotFoundException');
      const { CertificateAuthorities } = ok(await call('ListCertificateAuthorities'));
      assert.equal(
        CertificateAuthorities.some(({ Arn }: { Arn: string }) => Arn === arn),
        false,
      );
    };
    await assertGone();
    assert.deepEqual(await purge(), [idOf(arn)]);
    await assertGone();
    assert.deepEqual(await purge(), []);
  });

  it('destroys key, tags, policy and permissions; what it issued and what relying parties fetch stays', async () => {
    const { arn, certificate, leaf } = await disabledRoot();
    const id = idOf(arn);
    const on = { CertificateAuthorityArn: arn };
    ok(await call('CreatePermission', { ...on, Principal: 'acm.amazonaws.com', Actions: ['IssueCertificate'] }));
    const { store, signer } = house.world;
    const before = await store.authorities.get(account, id);
    const key = before?.key;
    assert.ok(key !== undefined && (await store.keys.get(account, key)) !== undefined);
    await deleted(arn);
    house.clock.advance({ days: 30 });
    assert.deepEqual(await purge(), [id]);
    assert.equal(await store.authorities.get(account, id), undefined);
    assert.equal(await store.keys.get(account, key), undefined);
    assert.deepEqual(await store.tags.of(account, { kind: 'authority', id }), []);
    assert.deepEqual(await store.sharing.permissions(account, id), []);
    const row = await store.issued.get(account, serialNumber(leaf.arn.split('/').at(-1) ?? ''));
    assert.equal(row?.authority, id);
    const published = await store.authorities.published(id);
    assert.ok(
      published !== undefined && certificate.includes(Buffer.from(published.der).toString('base64').slice(0, 64)),
    );
    // The signer holds no open key either.
    const request = {
      key,
      publicKey: new Uint8Array(),
      subject: [],
      signatureAlgorithm: 'SHA256-ECDSA',
      profile: {
        basicConstraints: { value: { isAuthority: true }, critical: true },
        keyUsage: { from: 'none' },
        customExtensions: [],
      },
    } as const;
    await assert.rejects(signer.signCsr(account, request), /key/);
    house.clock.advance({ days: -30 });
  });

  it('waits for its own days: the job takes those that are due and leaves the others', async () => {
    const [soon, late] = [await pending(pca), await pending(pca)];
    await deleted(soon, { PermanentDeletionTimeInDays: 7 });
    await deleted(late, { PermanentDeletionTimeInDays: 30 });
    const restored = await pending(pca);
    await deleted(restored, { PermanentDeletionTimeInDays: 7 });
    ok(await call('RestoreCertificateAuthority', { CertificateAuthorityArn: restored }));
    house.clock.advance({ days: 7 });
    assert.deepEqual(await purge(), [idOf(soon)]);
    assert.equal((await described(pca, late)).Status, 'DELETED');
    assert.equal((await described(pca, restored)).Status, 'PENDING_CERTIFICATE');
    house.clock.advance({ days: -7 });
  });

  it('lets a token make another authority than the one that is gone', async () => {
    const again = { IdempotencyToken: 'after-the-end' };
    const arn = await pending(pca, again);
    await deleted(arn, { PermanentDeletionTimeInDays: 7 });
    assert.equal(await pending(pca, again), arn);
    house.clock.advance({ days: 7 });
    assert.deepEqual(await purge(), [idOf(arn)]);
    assert.notEqual(await pending(pca, again), arn);
    house.clock.advance({ days: -7 });
  });
});
