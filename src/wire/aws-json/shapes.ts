/**
 * The members of AWS JSON inputs: names and limits as AWS's models give them, constraints kept on the schema so that
 * one place makes AWS's sentences of them. `optional` goes outermost.
 */
import type { EpochMs } from '../../core/ids.ts';
import { decoded, marked, Violated } from '../leaf.ts';
import { integer as integerSchema, list, number, oneOf, optional, type Schema, string, structure } from '../schema.ts';

export { boolean as flag, list, optional } from '../schema.ts';
/** An operation's input or a structure inside one; members are required unless `optional`. */
export const shape = structure;
/** A string out of a closed set. */
export const enumeration = oneOf;

/** `pattern` as the model spells it: AWS demands that the whole value matches. */
export function text(
  limits: { min?: number; max?: number; pattern?: string; sensitive?: boolean } = {},
): Schema<string> {
  const { sensitive, ...rest } = limits;
  const { pattern } = rest;
  return marked(string(rest), {
    type: 'String',
    ...(pattern === undefined ? {} : { pattern }),
    ...(sensitive === undefined ? {} : { sensitive }),
  });
}

/** A 32-bit integer. */
export function integer(limits: { min?: number; max?: number } = {}): Schema<number> {
  return marked(integerSchema(limits), { type: 'Integer' });
}

/** A 64-bit integer; beyond 2^53 JavaScript rounds, which no member of these services reaches. */
export function long(limits: { min?: number; max?: number } = {}): Schema<number> {
  return marked(integerSchema(limits), { type: 'Long' });
}

/** Seconds since 1970, with a fraction allowed, as milliseconds. */
export function timestamp(): Schema<EpochMs> {
  return decoded(marked<number>(number(), { type: 'Timestamp' }), (seconds) => Math.round(seconds * 1000));
}

/** Base64 on the wire, octets inside; the limits count octets. Not Base64 is a type error. */
export function blob(limits: { min?: number; max?: number; sensitive?: boolean } = {}): Schema<Uint8Array> {
  return marked<Uint8Array>(string(), {
    type: 'Blob',
    ...(limits.sensitive === undefined ? {} : { sensitive: limits.sensitive }),
    decode: (value) => octetsOf(String(value), limits),
  });
}

/** An ARN taken apart; what its resource must be is the front's to say. */
export interface Arn {
  readonly text: string;
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** What follows the fifth colon. */
  readonly resource: string;
}

/** An ARN with the model's limits; parse it further with `decoded`. */
export function arn(limits: { min: number; max: number; pattern: string }): Schema<Arn> {
  return decoded(text(limits), (value) => {
    const [, partition = '', service = '', region = '', account = '', ...resource] = value.split(':');
    return { text: value, partition, service, region, account, resource: resource.join(':') };
  });
}

/** `[{ Key, Value? }]`: both services limit key and value alike. */
export function tagList(limits: { min?: number; max?: number } = { min: 1, max: 50 }) {
  const word = '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)';
  return list(
    shape({
      Key: text({ min: 1, max: 128, pattern: word }),
      Value: optional(text({ max: 256, pattern: word })),
    }),
    limits,
  );
}

/** What a view writes for a time. */
export function epochSeconds(time: EpochMs): number {
  return time / 1000;
}

/** What a view writes for octets. */
export function base64(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('base64');
}

function octetsOf(value: string, { min = 0, max }: { min?: number; max?: number }): Uint8Array {
  const octets = Buffer.from(value, 'base64');
  // Node decodes leniently; what does not come back the same was not Base64 (RFC 4648 §3.5, §4).
  if (octets.toString('base64') !== value) throw new Violated({ kind: 'type', expected: 'Blob' });
  if (octets.length < min) throw new Violated({ kind: 'min-length', limit: min }, octets);
  if (max !== undefined && octets.length > max) throw new Violated({ kind: 'max-length', limit: max }, octets);
  return octets;
}
