/** Whom a statement speaks of. */
import type { AccountId } from './ids.ts';
import { trilean, type Trilean } from './trilean.ts';

/** Who asks, as policies name him. */
export interface Principal {
  readonly account: AccountId;
  /** `arn:<partition>:iam::<account>:user/<name>`, as GetCallerIdentity prints it. */
  readonly arn: string;
}

/** `but`: everybody except these (NotPrincipal). */
export interface PrincipalRule {
  readonly kind: 'of' | 'but';
  readonly isAnyone: boolean;
  /** 12 digits each: everybody in that account. */
  readonly accounts: ReadonlySet<string>;
  /** ARNs of users, compared whole: no wildcards. */
  readonly arns: ReadonlySet<string>;
  /** Services of the vendor, federated and canonical users: nobody who asks here is one. */
  readonly others: readonly string[];
}

/**
 * NotPrincipal never allows (whom it forgets would be let in), and in a deny it spares only those who are named both by
 * their own ARN and by their account, as AWS demands.
 */
export function isPrincipal({ account, arn }: Principal, rule: PrincipalRule, effect: 'allow' | 'deny'): Trilean {
  const isInAccount = rule.accounts.has(account);
  const isNamed = rule.arns.has(arn);
  if (rule.kind === 'of') return trilean(rule.isAnyone || isInAccount || isNamed);
  if (effect === 'allow') return 'no';
  return trilean(!(rule.isAnyone || (isInAccount && isNamed)));
}

/** The account that a name stands for as a whole: its id, or `arn:<partition>:iam::<id>:root`. */
export function accountNamed(name: string): string | undefined {
  return /^[0-9]{12}$/.test(name) ? name : rootArn.exec(name)?.[1];
}

const rootArn = /^arn:aws[a-z-]*:iam::([0-9]{12}):root$/;
