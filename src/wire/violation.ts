import { codePoints, isStorable, isStructure } from './json-values.ts';
import { type Rule, Violated } from './leaf.ts';
import type { Schema } from './schema.ts';

/** A value that breaks a rule of the operation's shape. Dialects make the vendor's sentence of it. */
export interface Violation {
  /** From the top: member names, and places in a list counted from 1. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly sensitive: boolean;
  readonly rule: Rule;
  /** Of an item of a list of plain values: the list, and every rule that its items have; some dialects speak of those. */
  readonly inList?: { readonly value: unknown; readonly rules: readonly Rule[] };
}

/** Thrown by a reader; `perform` hands it to the dialect. Never empty. */
export class Unreadable extends Error {
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super('the input breaks rules of its shape');
    this.violations = violations;
  }
}

/**
 * Every rule that the value breaks, in the order of the schema. A null member counts as absent, unknown members
 * are passed over. The slow path: it runs only when the quick check has refused.
 */
export function violationsOf(node: Schema, value: unknown): readonly Violation[] {
  const found: Violation[] = [];
  walk(node, value, [], found);
  return found;
}

type Path = readonly (string | number)[];

function walk(node: Schema, value: unknown, path: Path, found: Violation[], inList?: Violation['inList']): void {
  const broken = (rule: Rule, shown = value): void => {
    found.push({ path, value: shown, sensitive: node.mark.sensitive ?? false, rule, ...(inList && { inList }) });
  };
  const before = found.length;
  if (value === null) return broken({ kind: 'required' });
  switch (node.kind) {
    case 'structure':
      if (!isStructure(value)) return broken(typed(node));
      for (const { name, required, schema: inner } of node.members) {
        const part = Object.hasOwn(value, name) ? value[name] : undefined;
        if (part !== undefined && part !== null) walk(inner, part, [...path, name], found);
        else if (required) found.push(missing([...path, name], inner));
      }
      break;
    case 'list':
      if (!Array.isArray(value)) return broken(typed(node));
      lengthRules(value.length, node, broken);
      itemsOf(node.item, value, path, found);
      break;
    case 'string':
      if (typeof value !== 'string') return broken(typed(node));
      lengthRules(codePoints(value), node, broken);
      if (node.pattern !== undefined && !isMatch(node.pattern, value, node.max)) {
        broken({ kind: 'pattern', pattern: node.mark.pattern ?? node.pattern.source });
      } else if (!isStorable(value)) broken({ kind: 'pattern', pattern: '[^\\u0000\\uD800-\\uDFFF]*' });
      if (node.values !== undefined && !node.values.includes(value)) broken({ kind: 'enum', values: node.values });
      break;
    case 'number':
    case 'integer':
      if (typeof value !== 'number' || !Number.isFinite(value)) return broken(typed(node));
      if (node.kind === 'integer' && !Number.isInteger(value)) return broken(typed(node));
      if (node.min !== undefined && value < node.min) broken({ kind: 'min-value', limit: node.min });
      if (node.max !== undefined && value > node.max) broken({ kind: 'max-value', limit: node.max });
      break;
    case 'boolean':
      if (typeof value !== 'boolean') return broken(typed(node));
      break;
    case 'document':
      break;
  }
  if (found.length === before) decodeRules(node, value, broken);
}

function itemsOf(node: Schema, list: readonly unknown[], path: Path, found: Violation[]): void {
  const inList = node.kind === 'string' ? { value: list, rules: textRules(node) } : undefined;
  list.forEach((item, at) => walk(node, item, [...path, at + 1], found, inList));
}

/** Every rule that a text of this schema must meet, broken or not: upper limit, lower limit, pattern, names. */
function textRules({ max, min, pattern, values, mark }: Schema & { kind: 'string' }): readonly Rule[] {
  const rules: Rule[] = [];
  if (max !== undefined) rules.push({ kind: 'max-length', limit: max });
  if (min !== undefined) rules.push({ kind: 'min-length', limit: min });
  if (pattern !== undefined) rules.push({ kind: 'pattern', pattern: mark.pattern ?? pattern.source });
  if (values !== undefined) rules.push({ kind: 'enum', values });
  return rules;
}

/** A text far beyond its limit is not searched: a pattern with a nested repeat would exhaust the stack. */
function isMatch(pattern: RegExp, value: string, max = 0): boolean {
  return value.length <= Math.max(65_536, 2 * max) && pattern.test(value);
}

function typed(node: Schema): Rule {
  return { kind: 'type', expected: node.mark.type ?? node.kind };
}

function missing(path: Path, node: Schema): Violation {
  return { path, value: undefined, sensitive: node.mark.sensitive ?? false, rule: { kind: 'required' } };
}

function lengthRules(length: number, limits: { min?: number; max?: number }, broken: (rule: Rule) => void): void {
  if (limits.min !== undefined && length < limits.min) broken({ kind: 'min-length', limit: limits.min });
  if (limits.max !== undefined && length > limits.max) broken({ kind: 'max-length', limit: limits.max });
}

/** Anything but `Violated` is not about the shape: it is met again, and thrown, when the input is read in earnest. */
function decodeRules(node: Schema, value: unknown, broken: (rule: Rule, shown?: unknown) => void): void {
  try {
    node.mark.decode?.(value);
  } catch (cause) {
    if (cause instanceof Violated) broken(cause.rule, cause.decoded);
  }
}
