import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../src/core/fault.ts';
import { assertIdentifier } from '../../src/x509/names/assert-identifier.ts';

/** RFC 1034 §3.5 and RFC 1123 §2.1 label by label, underscores allowed; a wildcard only as the whole first label. */
function isHost(text: string): boolean {
  if (text.length === 0 || text.length > 253 || isIP(text) !== 0) return false;
  const labels = text.split('.');
  const rest = labels[0] === '*' ? labels.slice(1) : labels;
  return rest.length > 0 && rest.every((label) => label.length <= 63 && /^\w$|^\w[\w-]*\w$/.test(label));
}

function isAccepted(value: string): boolean {
  try {
    assertIdentifier({ kind: 'dns', value });
    return true;
  } catch (cause) {
    if (cause instanceof Fault && cause.subject.reason === 'identifier') return false;
    throw cause;
  }
}

describe('a DNS name that is certified', () => {
  it('is what the label rules say, whatever is asked', () => {
    const label = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '9', '-', '_', '*', 'é', ' '), maxLength: 5 });
    const long = fc.integer({ min: 60, max: 66 }).map((length) => 'a'.repeat(length));
    const name = fc
      .array(fc.oneof({ weight: 6, arbitrary: label }, long), { maxLength: 6 })
      .map((all) => all.join('.'));
    fc.assert(
      fc.property(name, (text) => assert.equal(isAccepted(text), isHost(text), JSON.stringify(text))),
      { numRuns: 5000 },
    );
  });

  it('has at most 253 characters, and is no address', () => {
    const name = (length: number) => 'a.'.repeat(200).slice(0, length - 1) + 'b';
    for (const length of [251, 253]) assert.equal(isAccepted(name(length)), true, String(length));
    for (const text of [name(255), '192.0.2.1', '::1', '*', '*.', 'a..b', 'a.', '.a', '*.*.a', 'a.*'])
      assert.equal(isAccepted(text), false, text);
    for (const text of ['*.a', '1', '192.0.2.1a', '192.0.2.1.a', '_dmarc.a', 'xn--bcher-kva.example'])
      assert.equal(isAccepted(text), true, text);
  });
});
