/**
 * The members of Huawei REST inputs. One object holds them all: members are read from the body unless `inPath`,
 * `inQuery` or `inHeader` says otherwise. What a query or path carries is text; numbers and booleans in it are
 * read as such where the schema asks for them. `optional` goes outermost.
 */
import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';
import { marked, oneOf } from '../leaf.ts';

/** An operation's input or a structure inside one; members are required unless `optional`. */
export const shape = Type.Object;
export const optional = Type.Optional;
export const enumeration = oneOf;
export const flag = Type.Boolean;

/** `pattern` must match the whole value. Lengths count code points. */
export function text(limits: { min?: number; max?: number; pattern?: string } = {}): TUnsafe<string> {
  const { min, max, pattern } = limits;
  return marked(
    Type.String({
      ...(min === undefined ? {} : { minLength: min }),
      ...(max === undefined ? {} : { maxLength: max }),
      ...(pattern === undefined ? {} : { pattern: `^(?:${pattern})$` }),
    }),
    {},
  );
}

/** A password or a private key: UTF-8 octets inside, never echoed, wiped after the answer. */
export function secretText(limits: { min?: number; max?: number } = {}): TUnsafe<Uint8Array> {
  return marked<Uint8Array>(text(limits), { sensitive: true, decode: (value) => Buffer.from(String(value)) });
}

export function integer(limits: { min?: number; max?: number } = {}): TUnsafe<number> {
  const { min, max } = limits;
  return marked(
    Type.Integer({ ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) }),
    {},
  );
}

export function list<Item extends TSchema>(item: Item, limits: { min?: number; max?: number } = {}) {
  return Type.Array(item, {
    ...(limits.min === undefined ? {} : { minItems: limits.min }),
    ...(limits.max === undefined ? {} : { maxItems: limits.max }),
  });
}

/** A `{name}` of the operation's path. */
export function inPath<Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema>> {
  return marked(schema, { place: { in: 'path' } });
}

export function inQuery<Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema>> {
  return marked(schema, { place: { in: 'query' } });
}

/** `name` as in the documentation; compared without regard to case. */
export function inHeader<Schema extends TSchema>(name: string, schema: Schema): TUnsafe<Static<Schema>> {
  return marked(schema, { place: { in: 'header', name: name.toLowerCase() } });
}
