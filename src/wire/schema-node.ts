import type { TSchema } from 'typebox';
import { markOf, type WireMark } from './leaf.ts';

/** A schema as the walker and the reader see it: the few forms of JSON Schema that wire uses, nothing else. */
export type SchemaNode = {
  readonly mark: WireMark;
} & (
  | { readonly kind: 'structure'; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly item: SchemaNode; readonly min?: number; readonly max?: number }
  | {
      readonly kind: 'string';
      readonly min?: number;
      readonly max?: number;
      readonly pattern?: RegExp;
      readonly values?: readonly string[];
    }
  | { readonly kind: 'number' | 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'document' }
);

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly node: SchemaNode;
}

/** Throws an Error, at start-up, on a form that the walker does not know. */
export function schemaNode(schema: TSchema): SchemaNode {
  const mark = markOf(schema);
  const type = member(schema, 'type');
  switch (type) {
    case 'object':
      return { mark, kind: 'structure', members: membersOf(schema) };
    case 'array':
      return {
        mark,
        kind: 'list',
        item: schemaNode(schemaIn(schema, 'items')),
        ...bounds(schema, 'minItems', 'maxItems'),
      };
    case 'string':
      return { mark, kind: 'string', ...bounds(schema, 'minLength', 'maxLength'), ...wording(schema) };
    case 'number':
    case 'integer':
      return { mark, kind: type, ...bounds(schema, 'minimum', 'maximum') };
    case 'boolean':
      return { mark, kind: 'boolean' };
    case undefined:
      return { mark, kind: 'document' };
    default:
      throw new Error(`wire does not know schemas of type ${String(type)}`);
  }
}

function membersOf(schema: TSchema): readonly Member[] {
  const properties = Object.entries(schemaIn(schema, 'properties'));
  const required = member(schema, 'required');
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  return properties.map(([name, inner]) => ({ name, required: names.includes(name), node: schemaNode(inner) }));
}

function wording(schema: TSchema): { pattern?: RegExp; values?: readonly string[] } {
  const pattern = member(schema, 'pattern');
  const values = member(schema, 'enum');
  return {
    ...(typeof pattern === 'string' ? { pattern: new RegExp(pattern, 'u') } : {}),
    ...(Array.isArray(values) ? { values: values.map(String) } : {}),
  };
}

function bounds(schema: TSchema, least: string, most: string): { min?: number; max?: number } {
  const min = member(schema, least);
  const max = member(schema, most);
  return { ...(typeof min === 'number' ? { min } : {}), ...(typeof max === 'number' ? { max } : {}) };
}

function schemaIn(schema: TSchema, name: string): TSchema {
  const inner = member(schema, name);
  if (typeof inner !== 'object' || inner === null) throw new Error(`a schema lacks ${name}`);
  return inner;
}

function member(schema: TSchema, name: string): unknown {
  return Reflect.get(schema, name);
}
