/**
 * Who may do what: the policies of the caller's identity and of the resource, put together.
 *
 * What hangs on an identity is today its role; policies of users and groups come in at `identityVerdict` and nowhere
 * else. What hangs on a resource is the policy that its owner attached. In the caller's own account the identity decides,
 * without a lookup; in another account both must allow. An explicit deny of either wins. The default is no.
 */
import type { Caller, Permission } from './account.ts';
import type { Fault } from './fault.ts';
import { decide, type Policy, type Verdict } from './policy.ts';

const denials = ['no-identity-policy', 'no-resource-policy', 'explicit-deny'] as const;
/** Why something is denied: what did not allow it, or that something forbids it. */
export type Denial = (typeof denials)[number];

/** What a denial across accounts is a fault of. */
export const sharedAuthority = 'shared authority';

/** The denial that a fault tells of; undefined for another fault. */
export function denialOf({ kind, subject }: Fault): Denial | undefined {
  if (kind !== 'forbidden' || subject.what !== sharedAuthority) return undefined;
  return denials.find((denial) => denial === subject.reason);
}

/** Whether the caller may do it in his own account; another account's resource is never allowed here. */
export function isAllowed(caller: Caller, permission: Permission): boolean {
  return !isForeign(caller, permission) && identityVerdict(caller, permission) === 'allowed';
}

/** Whether the resource belongs to an account that is not the caller's. */
export function isForeign({ account }: Caller, permission: Permission): boolean {
  return permission.account !== undefined && permission.account !== account;
}

/**
 * What stands against the use of another account's resource under the policy of that resource; undefined when nothing
 * does. Whoever is named by no policy learns nothing about what his own role lacks.
 */
export function denialAcrossAccounts(
  caller: Caller,
  permission: Permission,
  resourcePolicy: Policy | undefined,
): Denial | undefined {
  const { sharing, action, resource } = permission;
  if (sharing === undefined || resourcePolicy === undefined) return 'no-resource-policy';
  const principal = { account: caller.account, arn: sharing.principal };
  const ofResource = decide([resourcePolicy], { principal, action, resource, context: sharing.context });
  const ofIdentity = identityVerdict(caller, permission);
  if (ofResource === 'denied' || ofIdentity === 'denied') return 'explicit-deny';
  if (ofResource !== 'allowed') return 'no-resource-policy';
  return ofIdentity === 'allowed' ? undefined : 'no-identity-policy';
}

/** What the caller's identity says: the two roles, and the operator's mark. */
function identityVerdict(caller: Caller, { access }: Permission): Verdict {
  const isAdministrator = caller.role === 'administrator';
  switch (access) {
    case 'read':
      return 'allowed';
    case 'write':
      return isAdministrator ? 'allowed' : 'undecided';
    case 'operate':
      return isAdministrator && caller.isOperator ? 'allowed' : 'undecided';
  }
}
