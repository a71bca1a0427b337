import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askerOf, type Caller, type Permission, roles } from '../../src/core/account.ts';
import { isAllowed } from '../../src/core/authorization.ts';
import { accessKeyId, accountId, domainId, region } from '../../src/core/ids.ts';

const own = accountId('111111111111');
const foreign = accountId('222222222222');
const caller = (role: Caller['role'], isOperator: boolean): Caller => ({
  account: own,
  domain: domainId('d'.repeat(32)),
  userName: 'somebody',
  role,
  isOperator,
  accessKey: accessKeyId('AKIA234567ABCDEF'),
  region: region('us-east-1'),
  front: 'aws-pca',
  operation: 'GetCertificate',
  requestId: 'request',
});

/** What is allowed in the own account; everything else is not, and nothing is in another's. */
const allowed = new Set([
  'read-only reads',
  'read-only operator reads',
  'administrator reads',
  'administrator operator reads',
  'administrator writes',
  'administrator operator writes',
  'administrator operator operates',
]);
const accesses = { read: 'reads', write: 'writes', operate: 'operates' } as const;

describe('the policy of an account', () => {
  for (const role of roles)
    for (const isOperator of [false, true])
      for (const access of ['read', 'write', 'operate'] as const) {
        const who = `${role}${isOperator ? ' operator' : ''} ${accesses[access]}`;
        const permission: Permission = { action: 'service:Action', access, resource: 'resource' };
        const expected = allowed.has(who);
        it(`${expected ? 'allows' : 'denies'}: ${who} in its own account`, () => {
          assert.equal(isAllowed(caller(role, isOperator), permission), expected);
          assert.equal(isAllowed(caller(role, isOperator), { ...permission, account: own }), expected);
        });
        it(`denies: ${who} in another account`, () => {
          assert.equal(isAllowed(caller(role, isOperator), { ...permission, account: foreign }), false);
        });
      }
});

it('an issued row remembers who asked, and nothing of his credential', () => {
  assert.deepEqual(askerOf(caller('administrator', true)), {
    userName: 'somebody',
    front: 'aws-pca',
    operation: 'GetCertificate',
    requestId: 'request',
  });
});
