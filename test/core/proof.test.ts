import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import { accessKeyId, accountId, domainId, keyId, region } from '../../src/core/ids.ts';
import { KeyRelease, spend } from '../../src/core/proof.ts';
import { isFault } from '../contracts/store-under-test.ts';

const administrator: Caller = {
  account: accountId('111111111111'),
  domain: domainId('d'.repeat(32)),
  userName: 'administrator',
  role: 'administrator',
  isOperator: false,
  accessKey: accessKeyId('AKIA234567ABCDEF'),
  region: region('us-east-1'),
  front: 'aws-acm',
  operation: 'ExportCertificate',
  requestId: 'request',
};
const reader: Caller = { ...administrator, role: 'read-only', isOperator: true };
const permission = { action: 'acm:ExportCertificate', access: 'write', resource: 'certificate/1' } as const;
const key = keyId(randomUUID());

describe('the right to take a key out of the vault', () => {
  it('names the key and the account of the caller', () => {
    const { account, key: released } = KeyRelease.authorize(administrator, permission, key);
    assert.deepEqual({ account, released }, { account: administrator.account, released: key });
  });
  it('is not given to a read-only caller, also when the operation calls itself a read', () => {
    for (const access of ['read', 'write'] as const) {
      const authorize = () => KeyRelease.authorize(reader, { ...permission, access }, key);
      assert.throws(authorize, isFault('forbidden', 'private key'));
    }
  });
  it('is not given in another account', () => {
    const elsewhere = { ...permission, account: accountId('222222222222') };
    assert.throws(() => KeyRelease.authorize(administrator, elsewhere, key), isFault('forbidden'));
  });
  it('is spent once; a second one for the same key is another right', () => {
    const proof = KeyRelease.authorize(administrator, permission, key);
    spend(proof);
    assert.throws(() => spend(proof), /used twice/);
    assert.doesNotThrow(() => spend(KeyRelease.authorize(administrator, permission, key)));
  });
});
