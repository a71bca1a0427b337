/** Policies as people write them: JSON in the language of IAM, read strictly. */
import { isOperator, type Condition } from './policy-condition.ts';
import { malformed, parsePolicyJson } from './policy-json.ts';
import { accountNamed, type PrincipalRule } from './policy-principal.ts';
import type { NameRule, Policy, Statement } from './policy.ts';

/** A policy hangs on a resource and names principals, or on an identity and names none. */
export type PolicyKind = 'resource' | 'identity';

/**
 * Reads a document of at most 81,920 characters. What is not understood as a whole is refused: unknown members, members
 * given twice, wrong types, empty lists; an unknown operator is read, and then never allows.
 * Throws Fault `malformed`.
 */
export function readPolicy(text: string, kind: PolicyKind): Policy {
  const document = structure(parsePolicyJson(text), 'the policy');
  only(document, 'the policy', ['Version', 'Id', 'Statement']);
  const version = document.get('Version');
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    throw malformed('Version is neither 2012-10-17 nor 2008-10-17');
  }
  if (document.has('Id')) string(document.get('Id'), 'Id');
  const statements = listOf(document.get('Statement'), 'Statement');
  return { statements: statements.map((statement) => readStatement(statement, kind)) };
}

function readStatement(value: unknown, kind: PolicyKind): Statement {
  const members = structure(value, 'a statement');
  only(members, 'a statement', ['Sid', 'Effect', 'Condition', ...pairs.flat()]);
  const effect = members.get('Effect');
  if (effect !== 'Allow' && effect !== 'Deny') throw malformed('Effect is neither Allow nor Deny');
  const principals = readPrincipals(members);
  if ((principals === undefined) !== (kind === 'identity')) {
    throw malformed(kind === 'identity' ? 'an identity names no Principal' : 'a statement has no Principal');
  }
  const actions = readNames(members, 'Action');
  return {
    ...(members.has('Sid') ? { sid: string(members.get('Sid'), 'Sid') } : {}),
    effect: effect === 'Allow' ? 'allow' : 'deny',
    ...(principals === undefined ? {} : { principals }),
    actions: { ...actions, patterns: actions.patterns.map((pattern) => pattern.toLowerCase()) },
    resources: readNames(members, 'Resource'),
    conditions: members.has('Condition') ? readConditions(members.get('Condition')) : [],
  };
}

/** One of a member and its negation. */
const pairs = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
] as const;

function readNames(members: Members, name: 'Action' | 'Resource'): NameRule {
  const { kind, value } = oneOfPair(members, name);
  if (value === undefined) throw malformed(`a statement has no ${name}`);
  return { kind, patterns: strings(value, name) };
}

function oneOfPair(members: Members, name: 'Principal' | 'Action' | 'Resource') {
  const negation = `Not${name}`;
  if (members.has(name) && members.has(negation)) throw malformed(`a statement has both ${name} and ${negation}`);
  return members.has(negation)
    ? ({ kind: 'but', value: members.get(negation) } as const)
    : ({ kind: 'of', value: members.get(name) } as const);
}

function readPrincipals(members: Members): PrincipalRule | undefined {
  const { kind, value } = oneOfPair(members, 'Principal');
  if (value === undefined) return undefined;
  if (value === '*') return { kind, isAnyone: true, accounts: new Set(), arns: new Set(), others: [] };
  const types = structure(value, 'Principal');
  only(types, 'Principal', ['AWS', 'Service', 'Federated', 'CanonicalUser']);
  if (types.size === 0) throw malformed('Principal is empty');
  const named = types.has('AWS') ? strings(types.get('AWS'), 'Principal') : [];
  const others = [...types].filter(([type]) => type !== 'AWS').flatMap(([type, names]) => strings(names, type));
  const accounts = named.flatMap((name) => accountNamed(name) ?? []);
  const arns = named.filter((name) => name !== '*' && accountNamed(name) === undefined);
  return { kind, isAnyone: named.includes('*'), accounts: new Set(accounts), arns: new Set(arns), others };
}

function readConditions(value: unknown): readonly Condition[] {
  return [...structure(value, 'Condition')].flatMap(([operator, keys]) =>
    [...structure(keys, operator)].map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: listOf(values, key).map((each) => scalar(each, key)),
    })),
  );
}

/** The operators of a policy that the engine does not know: a service that takes policies says so at once. */
export function unknownOperators({ statements }: Policy): readonly string[] {
  const operators = statements.flatMap(({ conditions }) => conditions.map(({ operator }) => operator));
  return [...new Set(operators)].filter((operator) => !isOperator(operator));
}

type Members = ReadonlyMap<string, unknown>;

function structure(value: unknown, what: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new Map(Object.entries(value));
  throw malformed(`${what} is not an object`);
}

function only(members: Members, what: string, names: readonly string[]): void {
  const strange = [...members.keys()].find((name) => !names.includes(name));
  if (strange !== undefined) throw malformed(`${what} has an unknown member`);
}

/** A list, or one item for a list of one. */
function listOf(value: unknown, what: string): readonly unknown[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (value === undefined || items.length === 0) throw malformed(`${what} is empty`);
  return items;
}

function strings(value: unknown, what: string): readonly string[] {
  return listOf(value, what).map((each) => string(each, what));
}

function string(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw malformed(`${what} is not a string`);
  return value;
}

function scalar(value: unknown, what: string): string {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  throw malformed(`a value of ${what} is not a string`);
}
