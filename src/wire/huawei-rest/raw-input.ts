import { parseJson } from '../json-body.ts';
import { isStructure } from '../json-values.ts';
import type { Refusal } from '../refusal.ts';
import type { WireRequest } from '../request.ts';
import type { Member, Schema } from '../schema.ts';

/** Gathers an operation's members from path, query, header and body into one value for its reader. */
export type RawInput = (request: WireRequest, parameters: Readonly<Record<string, string>>) => unknown;

/**
 * Made once per operation. An operation without members in the body does not look at it: clients send `{}`, a blank
 * line or nothing with DELETE and with actions. Throws what `malformed` makes when a body is no JSON object.
 */
export function rawInput(schema: Schema, malformed: (what: string) => Refusal): RawInput {
  const members = schema.kind === 'structure' ? schema.members : [];
  const hasBody = members.some(({ schema: { mark } }) => mark.place === undefined);
  const hasQuery = members.some(({ schema: { mark } }) => mark.place?.in === 'query');
  return (request, parameters) => {
    const body = hasBody ? structureOf(request.body, malformed) : {};
    const query = hasQuery ? new URLSearchParams(request.query) : undefined;
    const raw: Record<string, unknown> = {};
    for (const member of members) {
      const value = valueOf(member, { request, parameters, body, query });
      if (value !== undefined) raw[member.name] = value;
    }
    return raw;
  };
}

interface Sources {
  readonly request: WireRequest;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly query: URLSearchParams | undefined;
}

function valueOf({ name, schema }: Member, { request, parameters, body, query }: Sources): unknown {
  const { place } = schema.mark;
  switch (place?.in) {
    case 'path':
      return read(parameters[name], schema.kind);
    case 'query':
      return schema.kind === 'list' ? listed(query?.getAll(name)) : said(query?.get(name) ?? undefined, schema.kind);
    case 'header':
      return read(request.headers.get(place.name ?? name), schema.kind);
    case undefined:
      return Object.hasOwn(body, name) ? body[name] : undefined;
  }
}

/** A query's number or switch without a value is unset, as clients write it; an empty text may mean something. */
function said(text: string | undefined, kind: string): unknown {
  return text === '' && kind !== 'string' ? undefined : read(text, kind);
}

/** What cannot be read as the schema's kind stays text, and the reader names it as of a wrong type. */
function read(text: string | undefined, kind: string): unknown {
  if (text === undefined) return undefined;
  if ((kind === 'integer' || kind === 'number') && /^-?[0-9]{1,15}$/.test(text)) return Number(text);
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function listed(values: readonly string[] | undefined): readonly string[] | undefined {
  return values === undefined || values.length === 0 ? undefined : values;
}

function structureOf(body: Buffer, malformed: (what: string) => Refusal): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseJson(body);
  } catch {
    throw malformed('the body is not valid JSON');
  }
  if (value === undefined) return {};
  if (!isStructure(value)) throw malformed('the body is not a JSON object');
  return value;
}
