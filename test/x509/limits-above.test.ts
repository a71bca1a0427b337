import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameConstraints } from '../../src/x509/extensions/name-constraints.ts';
import {
  aCsr,
  aKey,
  aRequest,
  aRoot,
  aSubordinate,
  authorityProfile,
  fault,
  issue,
  named,
  type TestAuthority,
} from './an-authority.ts';

const root = aRoot();
const value = nameConstraints.encode({ permitted: [{ kind: 'dns', value: 'example.com' }], excluded: [] });
/** Limits what stands below it to one more authority, and to example.com. */
const upper = aSubordinate(root, 1, 'upper', [{ oid: nameConstraints.oid, critical: true, value }]);
/** Signed elsewhere, it says nothing of its own: no path length above 0 is shown by its certificate, no constraints. */
const lower = aSubordinate(upper, 0, 'lower');
const above = [{ certificate: upper.der, distance: 1 }];
const below = ({ id, der }: TestAuthority) => ({ key: id, certificate: der, above });
const leaf = (host: string) =>
  issue(
    aRequest(lower, aCsr(aKey(), named('leaf'), [{ kind: 'dns', value: host }]), { issuer: below(lower) }),
    lower.key,
  );

describe('what a certificate above the issuer limits (RFC 5280 §6.1)', () => {
  it('names: those inside its constraints pass, those outside do not', () => {
    assert.ok(leaf('www.example.com').der.length > 0);
    assert.throws(() => leaf('www.example.org'), fault('invalid', 'name-constraints'));
  });

  it('path length: no authority stands below the last one that it allows', () => {
    const issuer = aRoot(); // without a limit of its own, as if it had been signed elsewhere
    const csr = aCsr(aKey(), named('one too many'));
    const request = (limits: typeof above) =>
      aRequest(issuer, csr, {
        profile: authorityProfile(0, false),
        issuer: { key: issuer.id, certificate: issuer.der, above: limits },
      });
    assert.ok(issue(request([]), issuer.key).der.length > 0);
    assert.throws(() => issue(request(above), issuer.key), fault('invalid', 'path-length'));
  });
});
