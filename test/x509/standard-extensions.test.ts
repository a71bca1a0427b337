import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boolean, element, explicit, integer, nullValue, oid, sequence, set } from '../../src/x509/der/writer.ts';
import { authorityInformationAccess } from '../../src/x509/extensions/authority-information-access.ts';
import { crlDistributionPoints } from '../../src/x509/extensions/crl-distribution-points.ts';
import { nameConstraints } from '../../src/x509/extensions/name-constraints.ts';
import { objectionTo, standardExtension } from '../../src/x509/extensions/standard-extensions.ts';
import { subjectAltName } from '../../src/x509/extensions/subject-alt-name.ts';
import { fault } from './an-authority.ts';

const url = 'http://a.test/';
const policies = sequence(oid('1.2.3'), oid('1.2.4'));
const anyPolicy = sequence(oid('2.5.29.32.0'), oid('1.2.4'));
const names = subjectAltName.encode([{ kind: 'dns', value: 'a.test' }]);
const points = crlDistributionPoints.encode([url]);
const access = authorityInformationAccess.encode({ ocsp: [url], caIssuers: [] });
const limits = nameConstraints.encode({ permitted: [{ kind: 'dns', value: 'a.test' }], excluded: [] });

// Identifier, clause, whether it must be critical (undefined: either), only in authorities, a good value, bad values.
const kinds: [string, string, boolean | undefined, boolean, Uint8Array, Uint8Array[]][] = [
  ['2.5.29.30', 'RFC 5280 §4.2.1.10', true, true, limits, [sequence(), nullValue()]],
  ['2.5.29.33', 'RFC 5280 §4.2.1.5', undefined, true, sequence(policies), [sequence(), sequence(anyPolicy)]],
  [
    '2.5.29.36',
    'RFC 5280 §4.2.1.11',
    true,
    true,
    sequence(element(0x80, Uint8Array.of(1)), element(0x81, Uint8Array.of(0))),
    [sequence(), sequence(element(0x80, Uint8Array.of(0xff))), sequence(explicit(0, integer(1)))],
  ],
  ['2.5.29.54', 'RFC 5280 §4.2.1.14', true, true, integer(0), [Uint8Array.of(2, 1, 0xff), nullValue()]],
  ['2.5.29.32', 'RFC 5280 §4.2.1.4', undefined, false, sequence(sequence(oid('1.2.3'))), [sequence()]],
  ['2.5.29.31', 'RFC 5280 §4.2.1.13', undefined, false, points, [sequence(), integer(1)]],
  ['2.5.29.46', 'RFC 5280 §4.2.1.15', false, false, points, [sequence()]],
  ['2.5.29.18', 'RFC 5280 §4.2.1.7', undefined, false, names, [sequence()]],
  [
    '2.5.29.9',
    'RFC 5280 §4.2.1.8',
    false,
    false,
    sequence(sequence(oid('1.3.6.1.5.5.7.9.4'), set(integer(1)))),
    [sequence(), sequence(sequence(oid('1.2.3'), set()))],
  ],
  ['1.3.6.1.5.5.7.1.1', 'RFC 5280 §4.2.2.1', false, false, access, [sequence()]],
  ['1.3.6.1.5.5.7.1.11', 'RFC 5280 §4.2.2.2', false, false, access, [sequence(), sequence(sequence(oid('1.2.3')))]],
  ['1.3.6.1.5.5.7.1.24', 'RFC 7633 §3', undefined, false, sequence(integer(5)), [sequence(), integer(5)]],
  ['1.3.6.1.5.5.7.48.1.5', 'RFC 6960 §4.2.2.2.1', undefined, false, nullValue(), [sequence()]],
  ['1.3.6.1.4.1.11129.2.4.3', 'RFC 6962 §3.1', true, false, nullValue(), [boolean(true)]],
];

describe('an extension of a standard', () => {
  for (const [kind, clause, mustBe, onlyInAuthorities, good, bad] of kinds) {
    it(`${kind} is critical, stands and reads as ${clause} says`, () => {
      assert.equal(standardExtension(kind)?.clause, clause);
      for (const critical of [true, false]) {
        const objection = objectionTo({ oid: kind, critical, value: good }, true);
        assert.equal(objection === undefined, mustBe === undefined || mustBe === critical, `critical ${critical}`);
      }
      const critical = mustBe ?? false;
      assert.equal(objectionTo({ oid: kind, critical, value: good }, false) === undefined, !onlyInAuthorities);
      for (const value of [...bad, Uint8Array.of(), Uint8Array.from([...good, 5, 0])]) {
        assert.throws(() => objectionTo({ oid: kind, critical, value }, true), fault('malformed'));
      }
    });
  }

  it('is left to its owner when no standard here describes it', () => {
    assert.equal(objectionTo({ oid: '1.2.3.4', critical: true, value: Uint8Array.of(1, 2, 3) }, false), undefined);
  });
});
