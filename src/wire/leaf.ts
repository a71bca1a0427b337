import type { Schema, WireMark } from './schema.ts';

export { oneOf } from './schema.ts';

/** A rule that a value breaks, in words of no vendor. */
export type Rule =
  | { readonly kind: 'type'; readonly expected: string }
  | { readonly kind: 'required' }
  | { readonly kind: 'min-length' | 'max-length' | 'min-value' | 'max-value'; readonly limit: number }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'enum'; readonly values: readonly string[] };

/** Thrown by a `decode`: the value breaks a rule that JSON Schema cannot say. */
export class Violated extends Error {
  readonly rule: Rule;
  /** What the value is, decoded, where the rule is about that. */
  readonly decoded: unknown;

  constructor(rule: Rule, decoded?: unknown) {
    super(rule.kind);
    this.rule = rule;
    this.decoded = decoded;
  }
}

/** Puts a mark on a schema (adding to the one it has); `Value` is what the operation gets after `decode`. */
export function marked<Value>(schema: Schema, mark: WireMark): Schema<Value> {
  // the type of a schema is its maker's claim about what `decode` gives
  return { ...schema, mark: { ...schema.mark, ...mark } } as Schema<Value>;
}

/** A schema whose accepted values are turned into something better, for example an ARN into its parts. */
export function decoded<Given, Value>(schema: Schema<Given>, decode: (value: Given) => Value): Schema<Value> {
  const inner = schema.mark.decode;
  return marked<Value>(schema, {
    // reader calls decode only with values that its schema accepts
    decode: (value) => decode((inner === undefined ? value : inner(value)) as Given),
  });
}
