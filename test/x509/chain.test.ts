import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCertificate } from '../../src/x509/certificate.ts';
import { verifyChain } from '../../src/x509/chain.ts';
import {
  aCsr,
  aKey,
  aRequest,
  aRoot,
  aSubordinate,
  day,
  fault,
  issue,
  leafProfile,
  named,
  now,
} from './an-authority.ts';

const root = aRoot();
const outer = aSubordinate(root, 1, 'outer');
const inner = aSubordinate(outer, 0, 'inner');
const csr = aCsr(aKey(), named('host'));
const read = (der: Uint8Array) => readCertificate(der);
const leaf = read(issue(aRequest(inner, csr), inner.key).der);
const [innerC, outerC, rootC] = [read(inner.der), read(outer.der), read(root.der)];
const whole = [leaf, innerC, outerC, rootC];
const refuses = (path: typeof whole, reason: string, at?: number) =>
  assert.throws(
    () => verifyChain(path, at === undefined ? { endsInRoot: true } : { endsInRoot: true, at }),
    fault('invalid', reason),
  );

describe('a chain', () => {
  it('is accepted issuer first, root last', () => {
    assert.deepEqual(verifyChain(whole, { endsInRoot: true, at: now }), whole);
    assert.deepEqual(verifyChain([leaf, innerC], { endsInRoot: false }), [leaf, innerC]);
  });
  it('is put into order when any order is allowed', () => {
    assert.deepEqual(verifyChain([leaf, rootC, innerC, outerC], { endsInRoot: true, order: 'any' }), whole);
  });
  it('is refused out of order, with a stranger, and without its root', () => {
    refuses([leaf, outerC, innerC, rootC], 'chain-order');
    refuses([leaf, innerC, outerC], 'chain-incomplete');
    assert.throws(
      () => verifyChain([leaf, rootC], { endsInRoot: true, order: 'any' }),
      fault('invalid', 'chain-order'),
    );
  });
  it('is refused when a signature is of another key of the same name', () => {
    refuses([leaf, innerC, outerC, read(aRoot().der)], 'chain-signature');
  });
  it('is refused through a certificate that is no authority (RFC 5280 §6.1.4 (k))', () => {
    const key = aKey();
    const notAuthority = issue(aRequest(root, aCsr(key, named('root'))), root.key).der;
    // Signed behind the house's back by swapping the key under a certificate of the same name.
    refuses([rootC, read(notAuthority), rootC], 'chain-signature');
  });
  it('is refused outside its time (RFC 5280 §6.1.3 (a) (2))', () => {
    refuses(whole, 'expired', now + 2 * day);
    refuses(whole, 'not-yet-valid', now - 1000);
  });
  it('is refused with a critical extension that nobody knows (RFC 5280 §4.2)', () => {
    const customExtensions = [{ oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }];
    const request = aRequest(inner, csr, { profile: { ...leafProfile, customExtensions } });
    refuses([read(issue(request, inner.key).der), innerC, outerC, rootC], 'unknown-critical');
  });
});
