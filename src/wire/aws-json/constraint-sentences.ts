import type { Rule } from '../leaf.ts';
import { Refusal } from '../refusal.ts';
import type { Violation } from '../violation.ts';

/**
 * AWS's words for input that does not meet its shape. A wrong type is met first, while parsing, and alone
 * (SerializationException); all other rules are joined in one ValidationException. The forms are those of the real
 * service where one has been seen: a pattern before a length of the same member, and a list of plain values blamed
 * as a whole with every rule of its items. The order of members is the model's: the service's own varies.
 */
export function unreadable(violations: readonly Violation[]): Refusal {
  const wrongType = violations.find(({ rule }) => rule.kind === 'type');
  if (wrongType !== undefined) return new Refusal('SerializationException', typeSentence(wrongType));
  const complaints = complaintsOf(violations);
  const sentences = complaints.slice(0, mostSentences).map(({ sentence }) => sentence());
  const count = complaints.length === 1 ? '1 validation error' : `${complaints.length} validation errors`;
  return new Refusal('ValidationException', `${count} detected: ${sentences.join('; ')}`);
}

/** What is said of one place: its rules in AWS's order, or once for a whole list. */
interface Complaint {
  readonly place: string;
  readonly isPattern: boolean;
  readonly sentence: () => string;
}

function complaintsOf(violations: readonly Violation[]): readonly Complaint[] {
  const complaints: Complaint[] = [];
  for (const violation of violations) {
    const complaint = violation.inList === undefined ? ofMember(violation) : ofList(violation, violation.inList);
    const before = complaints.findLastIndex(({ place }) => place !== complaint.place);
    if (violation.inList !== undefined && complaints.length > before + 1) continue; // said already of this list
    const at = complaint.isPattern ? before + 1 : complaints.length;
    complaints.splice(at, 0, complaint);
  }
  return complaints;
}

function ofMember({ path, value, sensitive, rule }: Violation): Complaint {
  const place = memberPath(path);
  const shown = rule.kind === 'required' ? ' null' : sensitive ? '' : ` '${printed(value)}'`;
  return { place, isPattern: rule.kind === 'pattern', sentence: () => complain(shown, place, demand(rule)) };
}

function ofList({ path, sensitive }: Violation, { value, rules }: NonNullable<Violation['inList']>): Complaint {
  const place = `${memberPath(path.slice(0, -1))}[]`; // apart from what is said of the list's own length
  const each = rules.map((rule) => `Member must ${demand(rule)}`).join(', ');
  const shown = sensitive ? '' : ` '${printed(value)}'`;
  const sentence = () => complain(shown, memberPath(path.slice(0, -1)), `satisfy constraint: [${each}]`);
  return { place, isPattern: false, sentence };
}

function complain(shown: string, place: string, wanted: string): string {
  return `Value${shown} at '${place}' failed to satisfy constraint: Member must ${wanted}`;
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
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
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
  if (expected === 'list') return 'Expected list or null';
  if (expected === 'structure') return 'Expected null';
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
