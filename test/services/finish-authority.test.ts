/** Authorities whose keys are made by a job: what becomes of those whose key cannot be made. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import { Fault } from '../../src/core/fault.ts';
import { createAuthority } from '../../src/services/create-authority.ts';
import { findAuthority } from '../../src/services/find-authority.ts';
import { finishAuthorities } from '../../src/services/finish-authority.ts';
import type { World } from '../../src/services/world.ts';
import { rejectsWith } from './expect-fault.ts';
import { openPlace, type Place } from './world.ts';
import { authorityWish } from './wishes.ts';

const hour = 3_600_000;
const never = new AbortController().signal;

describe('authorities that are being created', () => {
  let at: Place;
  let caller: Caller;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
  });
  after(() => at.close());

  const slow = authorityWish({ keyAlgorithm: 'RSA-4096', signatureAlgorithm: 'SHA256-RSA', mayFinishLater: true });
  const stateOf = async (id: Awaited<ReturnType<typeof createAuthority>>) =>
    (await findAuthority(at, caller, id)).state;
  /** A world whose vault makes no keys, for this reason. */
  const failing = (cause: Error): World => ({
    ...at,
    vault: {
      ...at.vault,
      generate: () => Promise.reject(cause),
      generateReady: () => Promise.resolve(undefined),
    },
  });
  const unavailable = new Fault('unavailable', 'the maker of keys has stopped', { what: 'vault' });

  it('are made by whoever is first, and only once', async () => {
    const woken: string[] = [];
    const world = { ...at, wake: (job: string) => void woken.push(job) };
    const id = await createAuthority(world, caller, slow);
    assert.deepEqual(woken, ['finish-authorities']);
    assert.equal((await stateOf(id)).kind, 'creating');
    await Promise.all([finishAuthorities(at, never), finishAuthorities(at, never)]);
    const { state, csr, key, version } = await findAuthority(at, caller, id);
    assert.deepEqual([state.kind, version], ['pending', 2]);
    assert.ok(csr.length > 0 && key !== undefined);
    assert.equal((await at.store.keys.get(caller.account, key))?.algorithm, 'RSA-4096');
  });

  it('are tried again while there is a chance, for an hour, and then have failed: timed out', async () => {
    const id = await createAuthority(at, caller, slow);
    const world = failing(unavailable);
    await rejectsWith(finishAuthorities(world, never), 'unavailable');
    at.clock.advance(hour - 1);
    await rejectsWith(finishAuthorities(world, never), 'unavailable');
    assert.equal((await stateOf(id)).kind, 'creating');
    at.clock.advance(1);
    await finishAuthorities(world, never);
    assert.deepEqual(await stateOf(id), { kind: 'failed', reason: 'timed-out' });
  });

  it('have failed at once when their algorithm cannot be made, or for a reason that stays', async () => {
    for (const [kind, reason] of [
      ['unsupported', 'unsupported-algorithm'],
      ['invalid', 'other'],
    ] as const) {
      const id = await createAuthority(at, caller, slow);
      await finishAuthorities(failing(new Fault(kind, 'no')), never);
      assert.deepEqual(await stateOf(id), { kind: 'failed', reason });
    }
  });

  it('have failed after an hour of a mistake of ours, which is told each time', async () => {
    const id = await createAuthority(at, caller, slow);
    const world = failing(new Error('a bug'));
    await assert.rejects(finishAuthorities(world, never), /a bug/);
    at.clock.advance(hour);
    await finishAuthorities(world, never);
    assert.deepEqual(await stateOf(id), { kind: 'failed', reason: 'other' });
  });

  it('are left alone when the server stops', async () => {
    const id = await createAuthority(at, caller, slow);
    const stopping = new AbortController();
    const world = failing(unavailable);
    await finishAuthorities(
      { ...world, vault: { ...world.vault, generate: () => (stopping.abort(), Promise.reject(unavailable)) } },
      stopping.signal,
    );
    assert.equal((await stateOf(id)).kind, 'creating');
    await finishAuthorities(failing(new Fault('unsupported', 'no')), never);
  });

  it('are not made for who must have the certificate at once', async () => {
    const quick = authorityWish({ keyAlgorithm: 'RSA-2048', signatureAlgorithm: 'SHA256-RSA', mayFinishLater: true });
    assert.equal((await stateOf(await createAuthority(at, caller, quick))).kind, 'pending');
  });
});
