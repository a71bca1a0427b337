import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Authority } from '../../src/core/authority.ts';
import { accountId, authorityId } from '../../src/core/ids.ts';
import { RememberedAuthorities } from '../../src/store/sqlite/remembered-authorities.ts';
import { anAuthority } from '../contracts/store-builders.ts';

const account = accountId('111122223333');
const id = authorityId('11111111-1111-4111-8111-111111111111');

it('an authority is read once while nothing changed, and again after a command that changes one', async () => {
  let stored: Authority = anAuthority(account, { id, version: 1 });
  let reads = 0;
  const remembered = new RememberedAuthorities(async () => {
    reads += 1;
    return stored;
  });
  assert.equal((await remembered.get(account, id))?.version, 1);
  assert.equal((await remembered.get(account, id))?.version, 1);
  assert.equal(reads, 1);
  stored = { ...stored, version: 2 };
  remembered.forgetWhatChanged('update-authority', { account, id, version: 1, now: 0 });
  assert.equal((await remembered.get(account, id))?.version, 2);
  assert.equal(reads, 2);
});

it('an authority that is not there is asked for again', async () => {
  let reads = 0;
  const remembered = new RememberedAuthorities(async () => {
    reads += 1;
    return undefined;
  });
  await remembered.get(account, id);
  await remembered.get(account, id);
  assert.equal(reads, 2);
});

it('authorities of one id in two accounts are two', async () => {
  const remembered = new RememberedAuthorities(async (owner) => anAuthority(owner, { id }));
  const other = accountId('444455556666');
  assert.equal((await remembered.get(account, id))?.account, account);
  assert.equal((await remembered.get(other, id))?.account, other);
});
