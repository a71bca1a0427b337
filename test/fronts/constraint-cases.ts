/**
 * Requests made from a service's own constraints (test/vectors/*-constraints.json: a row for each member, in the
 * model's order), each with the answer that the service would give. Nothing here knows our schemas or our sentences,
 * so that a schema which differs from the model, or a sentence which differs from AWS's, fails a test.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Ask } from './ask-front.ts';

/** A member of an operation's input: `Tags[].Key` is the member of a structure in a list. */
export interface Row {
  readonly path: string;
  readonly type: 'structure' | 'list' | 'string' | 'integer' | 'long' | 'boolean' | 'blob' | 'timestamp';
  readonly required?: true;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: true;
}

interface Case {
  readonly name: string;
  readonly input: unknown;
  /** Code and sentence; absent when the input meets its shape. */
  readonly refusal?: readonly [string, string];
}

/** A good value for members that no rule describes in full, by the last name in their path. */
export type Samples = Readonly<Record<string, unknown>>;

/** Every way that the issue names, for each member of an operation. */
function casesOf(rows: readonly Row[], samples: Samples): readonly Case[] {
  const model = new Model(rows, samples);
  const cases = rows.flatMap((row) => {
    const at = (value: unknown) => model.inputWith(row, value);
    const values = valuesFor(row, model.sample(row));
    return [
      ...absentCases(model, row),
      ...wrongTypes(row).map(([value, sentence]) => ({
        name: `${row.path} of a wrong type, ${JSON.stringify(value)}`,
        input: at(value),
        refusal: ['SerializationException', sentence] as const,
      })),
      ...values.map(([name, value]) => worded(`${row.path} ${name}`, at(value), model.complaints(row, value))),
    ];
  });
  const strange = [{ path: '', type: 'structure' as const }, ...rows].filter(({ type }) => type === 'structure');
  return [
    { name: 'the least that it takes', input: model.inputWith(undefined, undefined) },
    ...cases,
    ...strange.map((row) => ({
      name: `${row.path} with members of no meaning`,
      input: model.inputWith(row.path === '' ? undefined : row, undefined, { Unexpected: { a: [1] }, constructor: 1 }),
    })),
  ];
}

/** The whole input absent but for what is optional: every required member in one sentence, in the model's order. */
function missingEverything(rows: readonly Row[]): readonly [string, string] | undefined {
  const missing = rows.filter(({ path, required }) => required && !path.includes('.'));
  return refusalOf(missing.map(({ path }) => sentence(' null', path, 'not be null')));
}

/** The least that an operation takes. */
export function leastInput(rows: readonly Row[], samples: Samples): unknown {
  return new Model(rows, samples).inputWith(undefined, undefined);
}

/** The operations of a service's model with their rows. */
export function constraintsOf(service: 'acm' | 'acm-pca'): Readonly<Record<string, readonly Row[]>> {
  return JSON.parse(readFileSync(new URL(`../vectors/${service}-constraints.json`, import.meta.url), 'utf8'));
}

/** Asks every case, and compares code and sentence with what the model says. */
export async function assertConstraints(ask: Ask, rows: readonly Row[], samples: Samples): Promise<void> {
  assert.notEqual((await ask({})).code, 'UnknownOperationException');
  assert.deepEqual((await ask({})).refusal, missingEverything(rows), 'everything missing');
  for (const { name, input, refusal } of casesOf(rows, samples)) {
    if (name.endsWith(' good')) assert.equal(refusal, undefined, `the sample of ${name} is not good`);
    assert.deepEqual((await ask(input)).refusal, refusal, `${name}: ${JSON.stringify(input).slice(0, 500)}`);
  }
}

/** What the service says of a member; `shown` is the value with a blank before it, or nothing of a secret one. */
export function sentence(shown: string, path: string, demand: string): string {
  return `Value${shown} at '${memberPath(path)}' failed to satisfy constraint: Member must ${demand}`;
}

function absentCases(model: Model, row: Row): readonly Case[] {
  const refused = row.required ? [sentence(' null', row.path, 'not be null')] : [];
  const isItem = row.path.endsWith('[]');
  if (isItem) return [];
  return [
    worded(`${row.path} missing`, model.inputWith(row, undefined), refused),
    worded(`${row.path} null`, model.inputWith(row, null), refused),
  ];
}

function worded(name: string, input: unknown, complaints: readonly string[]): Case {
  const refusal = refusalOf(complaints);
  return refusal === undefined ? { name, input } : { name, input, refusal };
}

function refusalOf(complaints: readonly string[]): readonly [string, string] | undefined {
  if (complaints.length === 0) return undefined;
  const count = complaints.length === 1 ? '1 validation error' : `${complaints.length} validation errors`;
  return ['ValidationException', `${count} detected: ${complaints.join('; ')}`];
}

/** What a parser says of JSON of another type. */
function wrongTypes({ type }: Row): readonly (readonly [unknown, string])[] {
  const list = [[1], 'Start of list found where not expected'] as const;
  const structure = [{ a: 1 }, 'Start of structure or map found where not expected.'] as const;
  const scalar = (value: unknown, token: string, wanted: string) =>
    [value, `${token} can not be converted to ${wanted}`] as const;
  switch (type) {
    case 'structure':
      return [list, ['a', 'Expected null'], [1, 'Expected null'], [true, 'Expected null']];
    case 'list':
      return [structure, ['a', 'Expected list or null'], [1, 'Expected list or null']];
    case 'string':
      return [list, structure, scalar(1, 'NUMBER_VALUE', 'a String'), scalar(false, 'FALSE_VALUE', 'a String')];
    case 'integer':
    case 'long': {
      const wanted = type === 'integer' ? 'an Integer' : 'a Long';
      const others = [scalar('1', 'STRING_VALUE', wanted), scalar(1.5, 'DECIMAL_VALUE', wanted)];
      return [list, structure, ...others, scalar(true, 'TRUE_VALUE', wanted)];
    }
    case 'boolean':
      return [
        list,
        structure,
        scalar('true', 'STRING_VALUE', 'a Boolean'),
        scalar(1, 'NUMBER_VALUE', 'a Boolean'),
        scalar(0.5, 'DECIMAL_VALUE', 'a Boolean'),
      ];
    case 'timestamp':
      return [list, structure, scalar('1', 'STRING_VALUE', 'a Timestamp')];
    case 'blob':
      return [
        list,
        structure,
        scalar(1, 'NUMBER_VALUE', 'a Blob'),
        ...['no base64!', 'YQ', 'YQ==YQ==', 'Y Q=='].map((text) => [text, 'The value is not valid Base64'] as const),
      ];
  }
}

/** Values at, below and above each limit, and outside each set. What is wrong with them the rules themselves say. */
function valuesFor({ type, min, max, pattern, enum: names }: Row, sample: unknown): (readonly [string, unknown])[] {
  const values: (readonly [string, unknown])[] = [['good', sample]];
  switch (type) {
    case 'string':
      if (names !== undefined) {
        for (const name of names) values.push([`of ${name}`, name]);
        values.push(['outside its set', 'NO_SUCH_NAME'], ['empty', '']);
        const [first = ''] = names;
        values.push(['in another case', first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()]);
        break;
      }
      if (min !== undefined && min > 0) values.push(['too short', 'a'.repeat(min - 1)]);
      else values.push(['empty', '']);
      if (max !== undefined) {
        values.push(['too long', 'a'.repeat(max + 1)], ['too long in two-unit characters', '😀'.repeat(max + 1)]);
        values.push(['as long as can be', 'a'.repeat(max)], ['as long as can be in characters', '😀'.repeat(max)]);
      }
      if (pattern !== undefined)
        values.push(['of another pattern', '<*> \n'], ['of a pattern in part', `${String(sample)}<`]);
      break;
    case 'integer':
    case 'long':
      if (min !== undefined) values.push(['too small', min - 1], ['far too small', -1e9], ['least', min]);
      if (max !== undefined) values.push(['too large', max + 1], ['far too large', 99_999_999_999], ['most', max]);
      break;
    case 'boolean':
      values.push(['false', false]);
      break;
    case 'blob':
      if (min !== undefined && min > 0) values.push(['too short', base64(min - 1)], ['shortest', base64(min)]);
      else values.push(['empty', '']);
      if (max !== undefined) values.push(['too long', base64(max + 1)], ['longest', base64(max)]);
      break;
    case 'list':
      if (Array.isArray(sample)) {
        if (min !== undefined && min > 0) values.push(['too short', repeat(sample, min - 1)]);
        else values.push(['empty', []]);
        if (max !== undefined) values.push(['too long', repeat(sample, max + 1)], ['longest', repeat(sample, max)]);
      }
      break;
    case 'structure':
    case 'timestamp':
      break;
  }
  return values;
}

function repeat([item]: readonly unknown[], count: number): unknown[] {
  return Array.from({ length: count }, () => item);
}

function base64(octets: number): string {
  return Buffer.alloc(octets, 'a').toString('base64');
}

/** The rows as a tree, and inputs out of it that break nothing but what is asked for. */
class Model {
  readonly #rows: readonly Row[];
  readonly #samples: Samples;

  constructor(rows: readonly Row[], samples: Samples) {
    this.#rows = rows;
    this.#samples = samples;
  }

  /** The least input in which the row's member is `value` (undefined: left out), or has `more` members. */
  inputWith(row: Row | undefined, value: unknown, more?: object): unknown {
    const least = this.#structure('', row?.path);
    if (row === undefined) return { ...least, ...more };
    const steps = row.path.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), 0] : [step]));
    return place(least, steps, (there) => (more === undefined ? value : { ...Object(there), ...more }));
  }

  /** What is good for a member. */
  sample(row: Row): unknown {
    const { path, type, min, enum: names } = row;
    const own = this.#samples[path] ?? this.#samples[path.split('.').at(-1)?.replace('[]', '') ?? ''];
    switch (type) {
      case 'structure':
        return this.#structure(path, undefined);
      case 'list': {
        const item = this.#rows.find((one) => one.path === `${path}[]`);
        return item === undefined ? [] : [this.sample(item)];
      }
      case 'string':
        return own ?? names?.[0] ?? 'a'.repeat(Math.max(1, min ?? 1));
      case 'integer':
      case 'long':
      case 'timestamp':
        return own ?? min ?? 1;
      case 'boolean':
        return true;
      case 'blob':
        return own ?? base64(min ?? 1);
    }
  }

  /** What the service says of the value, every sentence. */
  complaints(row: Row, value: unknown): readonly string[] {
    const broken = demandsBrokenBy(row, value);
    const list = row.path.endsWith('[]') && row.type === 'string';
    if (!list)
      return broken.map((demand) => sentence(row.sensitive ? '' : ` '${printed(row, value)}'`, row.path, demand));
    if (broken.length === 0) return [];
    const every = demandsOf(row).map((demand) => `Member must ${demand}`);
    return [sentence(` '[${String(value)}]'`, row.path.slice(0, -2), `satisfy constraint: [${every.join(', ')}]`)];
  }

  /** Required members, and those on the way to `towards`. */
  #structure(path: string, towards: string | undefined): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    for (const row of this.#rows) {
      const name = path === '' ? row.path : row.path.slice(path.length + 1);
      const isMember = (path === '' || row.path.startsWith(`${path}.`)) && !/[.[]/.test(name);
      const isOnTheWay = towards === row.path || /^[.[]/.test(towards?.slice(row.path.length) ?? '');
      const leads = towards !== undefined && towards.startsWith(row.path) && isOnTheWay;
      if (!isMember || !(row.required || leads)) continue;
      if (!leads || row.type === 'string' || towards === row.path) members[name] = this.sample(row);
      else if (row.type === 'list') members[name] = [this.#item(row.path, towards)];
      else members[name] = this.#structure(row.path, towards);
    }
    return members;
  }

  #item(list: string, towards: string): unknown {
    const row = this.#rows.find(({ path }) => path === `${list}[]`);
    return row?.type === 'structure' ? this.#structure(row.path, towards) : row && this.sample(row);
  }
}

function place(
  value: unknown,
  [step, ...rest]: readonly (string | number)[],
  make: (there: unknown) => unknown,
): unknown {
  if (step === undefined) return make(value);
  if (typeof step === 'number') return [place(Array.isArray(value) ? value[0] : undefined, rest, make)];
  const inner = place(Reflect.get(Object(value), step), rest, make);
  // In place, so that members stay in the model's order.
  const members = Object.entries({ ...Object(value), [step]: inner });
  return Object.fromEntries(members.filter(([, part]) => part !== undefined));
}

function demandsBrokenBy({ type, min, max, pattern, enum: names }: Row, value: unknown): readonly string[] {
  const broken: string[] = [];
  const size = sizeOf(type, value);
  const what = type === 'integer' || type === 'long' ? 'value' : 'length';
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(String(value))) broken.push(matching(pattern));
  if (min !== undefined && size < min) broken.push(`have ${what} greater than or equal to ${min}`);
  if (max !== undefined && size > max) broken.push(`have ${what} less than or equal to ${max}`);
  if (names !== undefined && !names.includes(String(value))) broken.push(outOf(names));
  return broken;
}

/** All of a member's demands, in the order of the sentence about a list. */
function demandsOf({ min, max, pattern, enum: names }: Row): readonly string[] {
  return [
    ...(max === undefined ? [] : [`have length less than or equal to ${max}`]),
    ...(min === undefined ? [] : [`have length greater than or equal to ${min}`]),
    ...(pattern === undefined ? [] : [matching(pattern)]),
    ...(names === undefined ? [] : [outOf(names)]),
  ];
}

function matching(pattern: string): string {
  return `satisfy regular expression pattern: ${pattern}`;
}

function outOf(names: readonly string[]): string {
  return `satisfy enum value set: [${names.join(', ')}]`;
}

function sizeOf(type: Row['type'], value: unknown): number {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.length;
  if (type === 'blob') return Buffer.from(String(value), 'base64').length;
  return Array.from(String(value)).length;
}

/** As a program in Java would print it; ours cuts what is long. */
function printed({ type }: Row, value: unknown): string {
  const text = type === 'blob' ? byteBuffer(sizeOf(type, value)) : java(value);
  return text.length > 1024 ? `${text.slice(0, 1024)}...` : text;
}

function byteBuffer(length: number): string {
  return `java.nio.HeapByteBuffer[pos=0 lim=${length} cap=${length}]`;
}

function java(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(java).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, part]) => `${name}=${java(part)}`)
    .join(', ')}}`;
}

/** `Tags[].Key` → `tags.1.member.key`. */
function memberPath(path: string): string {
  return path
    .split('.')
    .flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), '1', 'member'] : [step]))
    .map((step) => step.slice(0, 1).toLowerCase() + step.slice(1))
    .join('.');
}
