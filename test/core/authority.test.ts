import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  assertIssuing,
  type Authority,
  type AuthorityState,
  type AuthorityStatus,
  commonNameOf,
  statusOf,
} from '../../src/core/authority.ts';
import { isFault } from '../contracts/store-under-test.ts';
import { anAccountId, anAuthority, anAuthorityCertificate, nameOf } from '../contracts/store-builders.ts';

const now = Date.UTC(2026, 10, 23);
const account = anAccountId();

type Age = 'in force' | 'ended' | 'none';
const ends: Readonly<Record<Exclude<Age, 'none'>, number>> = { 'in force': now + 1, ended: now - 1 };

function authority(state: AuthorityState, age: Age): Authority {
  const { certificate: _, ...bare } = anAuthority(account, { state });
  if (age === 'none') return bare;
  return { ...bare, certificate: anAuthorityCertificate({ validity: { notBefore: 0, notAfter: ends[age] } }) };
}

const deleted = (before: 'pending' | 'disabled' | 'expired'): AuthorityState => ({
  kind: 'deleted',
  before,
  restorableUntil: now + 1000,
});

/** Every state with every certificate: the status, and whether it issues. */
const table: readonly [AuthorityState, Record<Age, AuthorityStatus>][] = [
  [
    { kind: 'creating', csrExtensions: [] },
    { 'in force': 'creating', ended: 'creating', none: 'creating' },
  ],
  [{ kind: 'pending' }, { 'in force': 'pending', ended: 'pending', none: 'pending' }],
  [{ kind: 'active' }, { 'in force': 'active', ended: 'expired', none: 'active' }],
  [{ kind: 'disabled' }, { 'in force': 'disabled', ended: 'expired', none: 'disabled' }],
  [
    { kind: 'failed', reason: 'other' },
    { 'in force': 'failed', ended: 'failed', none: 'failed' },
  ],
  [deleted('pending'), { 'in force': 'deleted', ended: 'deleted', none: 'deleted' }],
  [deleted('disabled'), { 'in force': 'deleted', ended: 'deleted', none: 'deleted' }],
  [deleted('expired'), { 'in force': 'deleted', ended: 'deleted', none: 'deleted' }],
];

describe('an authority', () => {
  for (const [state, statuses] of table)
    for (const age of ['in force', 'ended', 'none'] as const) {
      const before = state.kind === 'deleted' ? ` that was ${state.before}` : '';
      const one = authority(state, age);
      const issues = state.kind === 'active' && age === 'in force';
      it(`that is ${state.kind}${before}, certificate ${age}: is ${statuses[age]} and ${issues ? 'issues' : 'does not issue'}`, () => {
        assert.equal(statusOf(one, now), statuses[age]);
        if (issues) assert.doesNotThrow(() => assertIssuing(one, now));
        else assert.throws(() => assertIssuing(one, now), isFault('wrong-state', 'authority'));
      });
    }
  it('is in force through its last moment: RFC 5280 §4.1.2.5 counts notAfter in', () => {
    const certificate = anAuthorityCertificate({ validity: { notBefore: 0, notAfter: now } });
    const last = anAuthority(account, { certificate });
    assert.equal(statusOf(last, now), 'active');
    assert.equal(statusOf(last, now + 1), 'expired');
  });
  it('whose key its owner keeps issues nothing here', () => {
    const { key: _, ...keyless } = anAuthority(account);
    assert.throws(() => assertIssuing(keyless, now), isFault('wrong-state', 'authority'));
  });
  it('without a common name is listed under an empty one', () => {
    assert.equal(commonNameOf(nameOf('Root')), 'Root');
    assert.equal(commonNameOf([]), '');
    assert.equal(commonNameOf([[{ type: '2.5.4.10', value: 'Only Inc' }]]), '');
  });
});
