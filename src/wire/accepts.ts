import { codePoints, isStorable, isStructure } from './json-values.ts';
import type { Schema } from './schema.ts';

/** Whether a JSON value meets a schema's form; what a `decode` would say is not asked. */
export type Check = (value: unknown) => boolean;

/**
 * The quick answer for the happy path, built once a schema. It refuses a little more than `violationsOf` finds (a null
 * member), never less: the walker has the last word.
 */
export function checkOf(schema: Schema): Check {
  switch (schema.kind) {
    case 'structure': {
      const members = schema.members.map(({ name, required, schema: inner }) => ({
        name,
        required,
        check: checkOf(inner),
      }));
      return (value) => {
        if (!isStructure(value)) return false;
        for (const { name, required, check } of members) {
          const part = Object.hasOwn(value, name) ? value[name] : undefined;
          if (part === undefined ? required : !check(part)) return false;
        }
        return true;
      };
    }
    case 'list': {
      const check = checkOf(schema.item);
      return (value) => Array.isArray(value) && isWithin(value.length, schema) && value.every(check);
    }
    case 'string':
      return (value) => typeof value === 'string' && isText(value, schema);
    case 'number':
      return (value) => typeof value === 'number' && Number.isFinite(value) && isWithin(value, schema);
    case 'integer':
      return (value) => typeof value === 'number' && Number.isInteger(value) && isWithin(value, schema);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'document':
      return (value) => value !== null;
  }
}

interface Limits {
  readonly min?: number;
  readonly max?: number;
}

function isWithin(size: number, { min, max }: Limits): boolean {
  return (min === undefined || size >= min) && (max === undefined || size <= max);
}

function isText(value: string, schema: Extract<Schema, { kind: 'string' }>): boolean {
  const { min, max, pattern, values } = schema;
  if ((min !== undefined || max !== undefined) && !isWithin(codePoints(value), schema)) return false;
  if (!isStorable(value)) return false;
  return (pattern === undefined || pattern.test(value)) && (values === undefined || values.includes(value));
}
