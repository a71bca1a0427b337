/** What is well formed and far too much: refused before the work is done. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GeneralName } from '../../src/core/name.ts';
import { readCertificate, readCertificatesPem } from '../../src/x509/certificate.ts';
import { verifyChain } from '../../src/x509/chain.ts';
import { type Subtree, nameConstraints } from '../../src/x509/extensions/name-constraints.ts';
import { writePem } from '../../src/x509/pem.ts';
import { aCsr, aKey, aRequest, aRoot, aSubordinate, fault, issue, named, now } from './an-authority.ts';

const subtrees = (count: number) =>
  Array.from({ length: count }, (_, at): Subtree => ({ kind: 'dns', value: `no${at}.test` }));
const constraints = (count: number) => [
  {
    oid: nameConstraints.oid,
    critical: true,
    value: nameConstraints.encode({ permitted: [], excluded: subtrees(count) }),
  },
];
const hosts = (count: number) =>
  Array.from({ length: count }, (_, at): GeneralName => ({ kind: 'dns', value: `h${at}.example` }));
const csrOf = (count: number) => aCsr(aKey(), named('host'), hosts(count));

describe('names under name constraints', () => {
  const outer = aSubordinate(aRoot(), 1, 'outer', constraints(600));
  const inner = aSubordinate(outer, 0, 'inner', constraints(600));

  it('are compared up to 100,000 times for a certificate, and refused beyond', () => {
    issue(aRequest(inner, csrOf(100)), inner.key);
    assert.throws(() => issue(aRequest(inner, csrOf(200)), inner.key), fault('invalid', 'name-constraints'));
  });

  it('are compared up to 100,000 times in a whole chain', () => {
    const chainOf = (count: number) =>
      [issue(aRequest(inner, csrOf(count)), inner.key).der, inner.der, outer.der].map((der) => readCertificate(der));
    verifyChain(chainOf(50), { endsInRoot: false, at: now });
    assert.throws(() => verifyChain(chainOf(90), { endsInRoot: false, at: now }), fault('invalid', 'name-constraints'));
  });
});

describe('a file of certificates', () => {
  it('holds 100 at most', () => {
    const pem = writePem('CERTIFICATE', aRoot().der);
    assert.equal(readCertificatesPem(pem.repeat(100)).length, 100);
    assert.throws(() => readCertificatesPem(pem.repeat(101)), fault('limit', 'chain-length'));
  });
});
