import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { issuedStatusOf, type ManagedState, managedStatusOf } from '../../src/core/certificate.ts';
import { aBody, aManaged, anAccountId } from '../contracts/store-builders.ts';

const now = Date.UTC(2026, 10, 23);
const states: readonly ManagedState[] = [{ kind: 'pending' }, { kind: 'issued' }, { kind: 'failed', reason: 'denied' }];

describe('a managed certificate', () => {
  for (const state of states) {
    it(`that is ${state.kind} is ${state.kind === 'issued' ? 'expired' : state.kind} once its body has ended`, () => {
      const body = aBody({ validity: { notBefore: 0, notAfter: now } });
      const one = aManaged(anAccountId(), { state, body });
      assert.equal(managedStatusOf(one, now), state.kind);
      assert.equal(managedStatusOf(one, now + 1), state.kind === 'issued' ? 'expired' : state.kind);
    });
    it(`that is ${state.kind} and has no body never expires`, () => {
      const { body: _, ...bodiless } = aManaged(anAccountId(), { state });
      assert.equal(managedStatusOf(bodiless, Number.MAX_SAFE_INTEGER), state.kind);
    });
  }
});

describe('an issued certificate', () => {
  const validity = { notBefore: 0, notAfter: now };
  it('is issued through its last moment, then expired', () => {
    assert.equal(issuedStatusOf({ validity }, now), 'issued');
    assert.equal(issuedStatusOf({ validity }, now + 1), 'expired');
  });
  it('that is revoked stays so after its end', () => {
    const revocation = { at: now, reason: 'key-compromise' } as const;
    for (const moment of [now, now + 1]) assert.equal(issuedStatusOf({ validity, revocation }, moment), 'revoked');
  });
});
