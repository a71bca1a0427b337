import type { Caller } from '../../core/account.ts';
import { decide } from '../../core/policy.ts';
import { readPolicy } from '../../core/policy-document.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { userArn } from '../../wire/aws-json/user-arn.ts';
import { Refusal } from '../../wire/refusal.ts';

/**
 * Refuses a policy that denies its author the next change of it. It would not be taken either way (no Deny is), but the
 * service has an exception for this. Throws Refusal `LockoutPreventedException`, and Fault `malformed`.
 */
export function assertNoLockout(text: string, { text: resource }: AuthorityArn, caller: Caller): void {
  const policies = [readPolicy(text, 'resource')];
  const principal = { account: caller.account, arn: userArn(caller) };
  for (const action of ['acm-pca:PutPolicy', 'acm-pca:DeletePolicy', 'acm-pca:GetPolicy']) {
    if (decide(policies, { principal, action, resource, context: new Map() }) !== 'denied') continue;
    throw new Refusal(
      'LockoutPreventedException',
      `The policy would deny the caller ${action} on ${resource}, and lock the caller out of the private CA.`,
    );
  }
}
