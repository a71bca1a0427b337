import { Fault } from './fault.ts';

/** The limit of Private CA's model; also what bounds the work of reading one. */
export const longestPolicy = 81_920;
/** A condition's values are five deep: document, statements, statement, condition, operator, values. */
const deepest = 8;

/**
 * The value of a JSON document in which no object has a member twice: of two readers one would see the first and one
 * the last, and what an auditor reads must be what decides. Throws Fault `malformed`, also for what is too long or too
 * deep.
 */
export function parsePolicyJson(text: string): unknown {
  if (text.length > longestPolicy)
    throw malformed(`it has ${text.length} characters, at most ${longestPolicy} are allowed`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('it is not JSON');
  }
  assertPlain(text);
  return value;
}

/** Walks the tokens of what is known to be JSON. */
function assertPlain(text: string): void {
  const open: (Set<string> | undefined)[] = []; // one for each open object (its members so far) or list
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
      if (open.length > deepest) throw malformed(`it is nested deeper than ${deepest}`);
    } else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const name: unknown = JSON.parse(token.slice(0, -1));
      const members = open.at(-1);
      if (typeof name !== 'string' || members === undefined) throw new Error('unreachable');
      if (members.has(name)) throw malformed('a member is given twice');
      members.add(name);
    }
  }
}

/** A string, with the colon after it where it names a member; or a bracket. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|[{}[\]]/g;

/** What a document is refused with, whatever is wrong with it. */
export function malformed(found: string): Fault {
  return new Fault('malformed', `the policy document is not valid: ${found}`, { what: 'policy', reason: 'syntax' });
}
