import type { Rule } from '../leaf.ts';
import { Refusal } from '../refusal.ts';
import type { Violation } from '../violation.ts';

/**
 * AWS's words for input that does not meet its shape. A wrong type is met first, while parsing, and alone
 * (SerializationException); all other rules are joined in one ValidationException.
 */
export function unreadable(violations: readonly Violation[]): Refusal {
  const wrongType = violations.find(({ rule }) => rule.kind === 'type');
  if (wrongType !== undefined) return new Refusal('SerializationException', typeSentence(wrongType));
  const sentences = violations.slice(0, mostSentences).map((violation) => constraintSentence(violation));
  const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
  return new Refusal('ValidationException', `${count} detected: ${sentences.join('; ')}`);
}

function constraintSentence({ path, value, sensitive, rule }: Violation): string {
  const shown = rule.kind === 'required' ? ' null' : sensitive ? '' : ` '${printed(value)}'`;
  return `Value${shown} at '${memberPath(path)}' failed to satisfy constraint: Member must ${demand(rule)}`;
}

function demand(rule: Rule): string {
  switch (rule.kind) {
    case 'required':
      return 'not be null';
    case 'min-length':
      return `have length greater than or equal to ${rule.limit}`;
    case 'max-length':
      return `have length less than or equal to ${rule.limit}`;
    case 'min-value':
      return `have value greater than or equal to ${rule.limit}`;
    case 'max-value':
      return `have value less than or equal to ${rule.limit}`;
    case 'pattern':
      return `satisfy regular expression pattern: ${rule.pattern}`;
    case 'enum':
      return `satisfy enum value set: [${rule.values.join(', ')}]`;
    case 'type':
      return `be of type ${rule.expected}`;
  }
}

/** `Tags`, 1, `Key` → `tags.1.member.key`. */
function memberPath(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === 'number' ? `${step}.member` : lowerCamel(step))).join('.');
}

function lowerCamel(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** As Java prints it. Cut short: a caller's megabyte need not come back to him. */
function printed(value: unknown): string {
  const text = javaText(value);
  return text.length > longestEcho ? `${text.slice(0, longestEcho)}...` : text;
}

function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, inner]) => `${name}=${javaText(inner)}`);
  return `{${members.join(', ')}}`;
}

const longestEcho = 1024;
/** All of a request that means well; the others are counted only. */
const mostSentences = 500;

function typeSentence({ value, rule }: Violation): string {
  const expected = rule.kind === 'type' ? (javaTypes[rule.expected] ?? rule.expected) : '';
  if (Array.isArray(value)) return 'Start of list found where not expected';
  if (typeof value === 'object') return 'Start of structure or map found where not expected.';
  if (expected === 'list' || expected === 'structure') return 'Unexpected token received from parser';
  if (expected === 'Blob' && typeof value === 'string') return 'The value is not valid Base64';
  return `${tokenOf(value)} can not be converted to ${article(expected)} ${expected}`;
}

function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
  return 'STRING_VALUE';
}

function article(name: string): string {
  return /^[AEIOU]/.test(name) ? 'an' : 'a';
}

/** For schemas without a word of their own. */
const javaTypes: Readonly<Record<string, string>> = {
  string: 'String',
  boolean: 'Boolean',
  integer: 'Integer',
  number: 'Double',
};
