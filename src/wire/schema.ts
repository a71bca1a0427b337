/**
 * What a schema is: the few forms that the vendors' models use, as plain values that carry their TypeScript type.
 * Our own and not a library, because a library's compiled validators served only as a first check before the walker
 * that makes the vendors' sentences, at 130 ms of every start: docs/decisions/0009-input-schemas.md.
 */

/** What a schema says of a member beyond its form. */
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

export type SchemaForm =
  | { readonly kind: 'structure'; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly item: Schema; readonly min?: number; readonly max?: number }
  | {
      readonly kind: 'string';
      /** In code points. */
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      readonly values?: readonly string[];
    }
  | { readonly kind: 'number' | 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  /** Any JSON value: its `decode` decides. */
  | { readonly kind: 'document' };

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
}

declare const carried: unique symbol;

/** A schema of a member whose value reaches `run` as `Value`. */
export type Schema<Value = unknown> = SchemaForm & {
  readonly mark: WireMark;
  /** Only of a member of a structure. */
  readonly isOptional?: true;
  /** Never there: carries the type. */
  readonly [carried]?: Value;
};

export type OptionalSchema<Value> = Schema<Value> & { readonly isOptional: true };

/** The type that an operation gets for a schema. */
export type ValueOf<Of extends Schema> = Of extends Schema<infer Value> ? Value : never;

type Members = Readonly<Record<string, Schema>>;
type Flat<Type> = { [Name in keyof Type]: Type[Name] };
type StructureOf<Of extends Members> = Flat<
  { [Name in keyof Of as Of[Name] extends { isOptional: true } ? never : Name]: ValueOf<Of[Name]> } & {
    [Name in keyof Of as Of[Name] extends { isOptional: true } ? Name : never]?: ValueOf<Of[Name]>;
  }
>;

/** A structure; members are required unless `optional`. */
export function structure<const Of extends Members>(members: Of): Schema<StructureOf<Of>> {
  const named = Object.entries(members).map(([name, schema]) => ({
    name,
    required: schema.isOptional !== true,
    schema,
  }));
  return { kind: 'structure', members: named, mark: {} };
}

/** The member may be absent; goes outermost. */
export function optional<Value>(schema: Schema<Value>): OptionalSchema<Value> {
  return { ...schema, isOptional: true };
}

/** Length in code points; `pattern` must match the whole value. */
export function string(limits: { min?: number; max?: number; pattern?: string } = {}): Schema<string> {
  const { pattern, ...lengths } = limits;
  return { kind: 'string', ...lengths, ...(pattern && { pattern: new RegExp(`^(?:${pattern})$`, 'u') }), mark: {} };
}

/** One of the names; every dialect words its violation by the list. */
export function oneOf<const Name extends string>(names: readonly Name[]): Schema<Name> {
  return { kind: 'string', values: [...names], mark: {} };
}

export function number(): Schema<number> {
  return { kind: 'number', mark: {} };
}

export function integer(limits: { min?: number; max?: number } = {}): Schema<number> {
  return { kind: 'integer', ...limits, mark: {} };
}

export function boolean(): Schema<boolean> {
  return { kind: 'boolean', mark: {} };
}

export function list<Value>(item: Schema<Value>, limits: { min?: number; max?: number } = {}): Schema<Value[]> {
  return { kind: 'list', item, ...limits, mark: {} };
}

/** Any JSON value, for members that clients send in several types. */
export function document(): Schema<unknown> {
  return { kind: 'document', mark: {} };
}
