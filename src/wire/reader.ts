import { checkOf } from './accepts.ts';
import { Violated } from './leaf.ts';
import type { Schema, ValueOf } from './schema.ts';
import { Unreadable, violationsOf } from './violation.ts';

/** Turns a JSON value into an operation's input. */
export interface Reader<Input> {
  /**
   * A fresh value with the members that the schema names and nothing else; null members are absent; marked ones
   * are decoded. `secrets` are the decoded bytes of sensitive members, for the caller to wipe.
   * Throws Unreadable with every broken rule.
   */
  read(value: unknown): { readonly input: Input; readonly secrets: readonly Uint8Array[] };
}

/** Prepares a schema once, at start-up: the happy path is one check and one copy. */
export function reader<Of extends Schema>(schema: Of): Reader<ValueOf<Of>> {
  const isAccepted = checkOf(schema);
  const pick = picker(schema);
  const refuse = (value: unknown): void => {
    const violations = violationsOf(schema, value);
    if (violations.length > 0) throw new Unreadable(violations);
  };
  return {
    read: (value) => {
      // The quick check takes null for a wrong type; the walker, which knows better, has the last word.
      if (!isAccepted(value)) refuse(value);
      const secrets: Uint8Array[] = [];
      try {
        // the schema has just been met, and the picker follows the same schema
        return { input: pick(value, secrets) as ValueOf<Of>, secrets };
      } catch (cause) {
        if (cause instanceof Violated) refuse(value);
        throw cause;
      }
    },
  };
}

type Picker = (value: unknown, secrets: Uint8Array[]) => unknown;

function picker(node: Schema): Picker {
  const copy = copier(node);
  const { decode, sensitive } = node.mark;
  if (decode === undefined) return copy;
  return (value, secrets) => {
    const result = decode(copy(value, secrets));
    if (sensitive === true && result instanceof Uint8Array) secrets.push(result);
    return result;
  };
}

function copier(node: Schema): Picker {
  switch (node.kind) {
    case 'structure': {
      const members = node.members.map(({ name, schema: inner }) => ({ name, pick: picker(inner) }));
      return (value, secrets) => {
        const copy: Record<string, unknown> = {};
        for (const { name, pick } of members) {
          const part: unknown = Object.hasOwn(Object(value), name) ? Reflect.get(Object(value), name) : undefined;
          if (part !== undefined && part !== null) copy[name] = pick(part, secrets);
        }
        return copy;
      };
    }
    case 'list': {
      const pick = picker(node.item);
      return (value, secrets) => (Array.isArray(value) ? value.map((item) => pick(item, secrets)) : []);
    }
    default:
      return (value) => value;
  }
}
