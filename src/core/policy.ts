/**
 * The one policy engine. Here: what a policy is, and how it decides. `policy-document.ts` reads the JSON that people
 * write, `policy-pattern.ts`, `policy-condition.ts` and `policy-principal.ts` say what matches; `authorization.ts` puts
 * the policies of the caller's identity and of the resource together. Not here: who keeps policies, and which of them a
 * service takes.
 *
 * Invariants: an explicit deny wins over every allow; what nothing allows is denied; what is not understood (an operator,
 * a condition key, a policy variable) never allows, and in a deny counts as met.
 */
import { holds, type Condition, type PolicyContext } from './policy-condition.ts';
import { matchesAny } from './policy-pattern.ts';
import { isPrincipal, type Principal, type PrincipalRule } from './policy-principal.ts';
import { all, type Trilean } from './trilean.ts';

export interface Policy {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: 'allow' | 'deny';
  /** Absent in a policy that hangs on an identity: it speaks of whoever has it. */
  readonly principals?: PrincipalRule;
  readonly actions: NameRule;
  readonly resources: NameRule;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}

/** `but`: everything that none of the patterns matches (NotAction, NotResource). */
export interface NameRule {
  readonly kind: 'of' | 'but';
  readonly patterns: readonly string[];
}

/** What is asked of policies. */
export interface PolicyRequest {
  readonly principal: Principal;
  /** `acm-pca:IssueCertificate`; its case does not matter. */
  readonly action: string;
  readonly resource: string;
  readonly context: PolicyContext;
}

/** `undecided`: nothing says a word about it, which is a denial unless another policy allows. */
export type Verdict = 'allowed' | 'denied' | 'undecided';

/** What policies of one kind (all of a resource's, or all of an identity's) say together. */
export function decide(policies: readonly Policy[], request: PolicyRequest): Verdict {
  let isAllowed = false;
  for (const { statements } of policies) {
    for (const statement of statements) {
      const applies = appliesTo(statement, request);
      if (statement.effect === 'deny') {
        if (applies !== 'no') return 'denied';
      } else if (applies === 'yes') isAllowed = true;
    }
  }
  return isAllowed ? 'allowed' : 'undecided';
}

function appliesTo(statement: Statement, request: PolicyRequest): Trilean {
  const { effect, principals, actions, resources, conditions } = statement;
  return all(
    () => (principals === undefined ? 'yes' : isPrincipal(request.principal, principals, effect)),
    () => isNamed(actions, request.action.toLowerCase()),
    () => isNamed(resources, request.resource),
    ...conditions.map((condition) => () => holds(condition, request.context)),
  );
}

function isNamed({ kind, patterns }: NameRule, name: string): Trilean {
  const found = matchesAny(patterns, name);
  if (found === 'unknown' || kind === 'of') return found;
  return found === 'yes' ? 'no' : 'yes';
}
