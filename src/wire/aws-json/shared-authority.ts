import type { Caller, Permission } from '../../core/account.ts';
import type { PolicyContext } from '../../core/policy-condition.ts';
import type { SharedUse, Sharing } from '../../core/sharing.ts';
import type { AuthorityArn } from './authority-arn.ts';
import { partitionOf } from './partition.ts';
import { userArn } from './user-arn.ts';

/**
 * What is asked of an authority that may be another account's: only then the parts that its policy is asked with are
 * made. `template` is the name (`EndEntityCertificate/V1`) that is going to be issued by, which is what the policy is
 * asked about, whatever the request called it.
 */
export function onAuthority(
  { action, access }: Pick<Permission, 'action' | 'access'>,
  arn: AuthorityArn,
  caller: Caller,
  use: SharedUse,
  template?: string,
): Permission {
  const { account, text: resource } = arn;
  if (account === caller.account) return { action, access, account, resource };
  return { action, access, account, resource, sharing: sharingOf(arn, caller, use, template) };
}

function sharingOf({ id, region }: AuthorityArn, caller: Caller, use: SharedUse, template?: string): Sharing {
  const profile = template === undefined ? {} : { profile: template };
  return { authority: id, region, use, ...profile, principal: userArn(caller), context: contextOf(caller, template) };
}

function contextOf(caller: Caller, template?: string): PolicyContext {
  const asked = { caller, ...(template === undefined ? {} : { template: templateArn(caller.region, template) }) };
  return new Map(Object.entries(conditions).map(([key, valuesOf]) => [key, valuesOf(asked)]));
}

/** Templates belong to no region and account. */
export function templateArn(region: string, template: string): string {
  return `arn:${partitionOf(region)}:acm-pca:::template/${template}`;
}

/** What is asked: by whom, and the ARN of the template that is going to be issued by. */
interface Asked {
  readonly caller: Caller;
  readonly template?: string;
}

/**
 * The condition keys that this server knows, without values where a request has none. aws:SourceAccount and aws:SourceArn
 * speak of services that ask for themselves, which none does here; there are no organizations.
 */
const conditions: Readonly<Record<string, (asked: Asked) => readonly string[]>> = {
  'acm-pca:templatearn': ({ template }) => (template === undefined ? [] : [template]),
  'aws:principalaccount': ({ caller }) => [caller.account],
  'aws:principalarn': ({ caller }) => [userArn(caller)],
  'aws:principalisawsservice': () => ['false'],
  'aws:principalorgid': () => [],
  'aws:principalorgpaths': () => [],
  'aws:principaltype': () => ['User'],
  'aws:requestedregion': ({ caller }) => [caller.region],
  'aws:sourceaccount': () => [],
  'aws:sourcearn': () => [],
  'aws:username': ({ caller }) => [caller.userName],
};

/** Their names, for those who check what a policy asks. */
export const conditionKeys: ReadonlySet<string> = new Set(Object.keys(conditions));
