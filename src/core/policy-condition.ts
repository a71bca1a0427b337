/** The conditions of a statement: an operator, a key of the request, and the values that the policy names. */
import { hasVariable, matches } from './policy-pattern.ts';
import { any, not, trilean, type Trilean } from './trilean.ts';

export interface Condition {
  /** As written: `StringEquals`, `ArnLikeIfExists` … */
  readonly operator: string;
  /** In lower case: keys have no case. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * What is known of a request, by keys in lower case. No values: the key is known, and this request has none. A key that
 * is not there is unknown to this server, and nothing that depends on it ever allows.
 */
export type PolicyContext = ReadonlyMap<string, readonly string[]>;

/** Whether a condition holds. AWS's rules for absent keys: a negated operator holds, and so does `…IfExists`. */
export function holds({ operator, key, values }: Condition, context: PolicyContext): Trilean {
  const found = context.get(key);
  if (found === undefined || found.length > 1) return 'unknown'; // several values need a set operator: not here
  const [actual] = found;
  if (operator === 'Null') return isNull(values, actual);
  const mayBeAbsent = operator.endsWith(ifExists);
  const name = mayBeAbsent ? operator.slice(0, -ifExists.length) : operator;
  const rule = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (rule === undefined) return 'unknown';
  if (actual === undefined) return trilean(mayBeAbsent || rule.isNegated);
  const isOne = any(values, (value) => (hasVariable(value) ? 'unknown' : rule.test(value, actual)));
  return rule.isNegated ? not(isOne) : isOne;
}

/** Whether the engine knows an operator at all. */
export function isOperator(operator: string): boolean {
  const name = operator.endsWith(ifExists) ? operator.slice(0, -ifExists.length) : operator;
  return operator === 'Null' || Object.hasOwn(operators, name);
}

/** `"Null": { key: "true" }`: the key is absent. */
function isNull(values: readonly string[], actual: string | undefined): Trilean {
  return any(values, (value) => {
    if (value !== 'true' && value !== 'false') return 'unknown';
    return trilean((value === 'true') === (actual === undefined));
  });
}

type Test = (expected: string, actual: string) => Trilean;
interface Operator {
  readonly test: Test;
  readonly isNegated: boolean;
}

const ifExists = 'IfExists';

const equals: Test = (expected, actual) => trilean(expected === actual);
const equalsIgnoreCase: Test = (expected, actual) => trilean(expected.toLowerCase() === actual.toLowerCase());
const like: Test = (expected, actual) => trilean(matches(expected, actual));
/** AWS's ArnEquals and ArnLike are the same: both take wildcards, part by part. */
const arnLike: Test = (expected, actual) => (isArn(expected) && isArn(actual) ? like(expected, actual) : 'unknown');
const bool: Test = (expected, actual) =>
  expected === 'true' || expected === 'false' ? trilean(expected === actual) : 'unknown';

function isArn(text: string): boolean {
  return text.startsWith('arn:') && text.split(':').length >= 6;
}

/** What resource policies of Private CA use, and what is near to it; every other operator is unknown. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { test: equals, isNegated: false },
  StringNotEquals: { test: equals, isNegated: true },
  StringEqualsIgnoreCase: { test: equalsIgnoreCase, isNegated: false },
  StringNotEqualsIgnoreCase: { test: equalsIgnoreCase, isNegated: true },
  StringLike: { test: like, isNegated: false },
  StringNotLike: { test: like, isNegated: true },
  ArnEquals: { test: arnLike, isNegated: false },
  ArnNotEquals: { test: arnLike, isNegated: true },
  ArnLike: { test: arnLike, isNegated: false },
  ArnNotLike: { test: arnLike, isNegated: true },
  Bool: { test: bool, isNegated: false },
};
