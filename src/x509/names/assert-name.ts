/** What a name that we certify may hold, whether an API or a CSR brought it. */
import { Fault } from '../../core/fault.ts';
import type { DistinguishedName, NameAttribute } from '../../core/name.ts';
import { ruleOf, shortNameOf } from './attribute-rules.ts';

/**
 * Throws Fault `invalid` (what `subject`, reason `name`): an empty value, one above its upper bound
 * (RFC 5280 appendix A), or control characters, which are there only to deceive whoever prints the name.
 */
export function assertName(name: DistinguishedName): void {
  for (const rdn of name) for (const attribute of rdn) assertAttribute(attribute);
}

function assertAttribute({ type, value }: NameAttribute): void {
  const { longest, shortest = 1 } = ruleOf(type);
  // Code points are never more than UTF-16 units, so counting is needed only when those are too many.
  const length = value.length > longest ? [...value].length : value.length;
  if (length < shortest || length > longest) {
    const bounds = shortest === longest ? `${longest}` : `${shortest} to ${longest}`;
    fail(`${shortNameOf(type) ?? type} has ${length} characters, expected ${bounds}`);
  }
  if (!plain.test(value) && controlCharacters.test(value)) fail(`${shortNameOf(type) ?? type} has control characters`);
}

function fail(message: string): never {
  throw new Fault('invalid', `the subject is not acceptable: ${message}`, { what: 'subject', reason: 'name' });
}

const plain = /^[ -~]*$/;
const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|\p{Surrogate}/u;
