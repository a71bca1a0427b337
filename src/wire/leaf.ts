import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';

/** What a schema says beyond JSON Schema: kept on it under the key `wire`. */
export interface WireMark {
  /** Its value never appears in an error or a log, and its bytes are wiped when the operation has answered. */
  readonly sensitive?: boolean;
  /** The pattern as the vendor prints it, where that is not JavaScript's spelling. */
  readonly pattern?: string;
  /** What the vendor calls the type in an error. */
  readonly type?: string;
  /**
   * From the JSON value that meets the schema to what `run` gets. Throws `Violated` where a rule of the shape is
   * broken (joined with the others), or a Refusal or Fault of its own (only when every rule of the shape is met).
   */
  readonly decode?: (value: unknown) => unknown;
  /** Where the member is read, for dialects that have more than a body. */
  readonly place?: { readonly in: 'path' | 'query' | 'header'; readonly name?: string };
}

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

  constructor(rule: Rule) {
    super(rule.kind);
    this.rule = rule;
  }
}

/** Puts a mark on a schema (adding to the one it has); `Value` is what the operation gets after `decode`. */
export function marked<Value>(schema: TSchema, mark: WireMark): TUnsafe<Value> {
  return Type.Unsafe<Value>({ ...schema, wire: { ...markOf(schema), ...mark } });
}

/** A schema whose accepted values are turned into something better, for example an ARN into its parts. */
export function decoded<Schema extends TSchema, Value>(
  schema: Schema,
  decode: (value: Static<Schema>) => Value,
): TUnsafe<Value> {
  const inner = markOf(schema).decode;
  return marked<Value>(schema, {
    // reader calls decode only with values that its schema accepts
    decode: (value) => decode((inner === undefined ? value : inner(value)) as Static<Schema>),
  });
}

/** One of the names; every dialect words its violation by the list. */
export function oneOf<const Name extends string>(names: readonly Name[]): TUnsafe<Name> {
  return Type.Unsafe<Name>({ type: 'string', enum: [...names] });
}

export function markOf(schema: TSchema): WireMark {
  const mark: unknown = Reflect.get(schema, 'wire');
  return typeof mark === 'object' && mark !== null ? mark : {};
}
