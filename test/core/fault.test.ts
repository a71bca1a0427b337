import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertNever, Fault, faultKinds } from '../../src/core/fault.ts';

describe('a fault', () => {
  it('is an error with a kind, a sentence and what it speaks of', () => {
    const fault = new Fault('mismatch', 'the key is not the one of the CSR', { what: 'csr', reason: 'key' });
    assert.ok(fault instanceof Error);
    assert.equal(fault.name, 'Fault');
    assert.equal(fault.kind, 'mismatch');
    assert.equal(fault.message, 'the key is not the one of the CSR');
    assert.deepEqual(fault.subject, { what: 'csr', reason: 'key' });
  });
  it('may speak of nothing in particular', () => {
    assert.deepEqual(new Fault('limit', 'too many').subject, {});
  });
  it('has a kind of a closed set without doubles', () => {
    assert.equal(new Set(faultKinds).size, faultKinds.length);
  });
});

it('a case that the compiler thought impossible is our own mistake, never a fault', () => {
  const impossible = { kind: 'revoked' } as unknown as never; // what a union would have to hold by mistake
  assert.throws(
    () => assertNever(impossible),
    (cause) => cause instanceof Error && !(cause instanceof Fault) && cause.message.includes('revoked'),
  );
});
