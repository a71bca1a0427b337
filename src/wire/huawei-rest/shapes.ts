/**
 * The members of Huawei REST inputs. One object holds them all: members are read from the body unless `inPath`,
 * `inQuery` or `inHeader` says otherwise. What a query or path carries is text; numbers and booleans in it are
 * read as such where the schema asks for them. `optional` goes outermost.
 */
import { marked } from '../leaf.ts';
import { oneOf, type Schema, string, structure } from '../schema.ts';

export { boolean as flag, document as anything, integer, list, optional, string as text } from '../schema.ts';
/** An operation's input or a structure inside one; members are required unless `optional`. */
export const shape = structure;
export const enumeration = oneOf;

/** A password or a private key: UTF-8 octets inside, never echoed, wiped after the answer. */
export function secretText(limits: { min?: number; max?: number } = {}): Schema<Uint8Array> {
  return marked<Uint8Array>(string(limits), { sensitive: true, decode: (value) => Buffer.from(String(value)) });
}

/** A `{name}` of the operation's path. */
export function inPath<Value>(schema: Schema<Value>): Schema<Value> {
  return marked(schema, { place: { in: 'path' } });
}

export function inQuery<Value>(schema: Schema<Value>): Schema<Value> {
  return marked(schema, { place: { in: 'query' } });
}

/** `name` as in the documentation; compared without regard to case. */
export function inHeader<Value>(name: string, schema: Schema<Value>): Schema<Value> {
  return marked(schema, { place: { in: 'header', name: name.toLowerCase() } });
}
