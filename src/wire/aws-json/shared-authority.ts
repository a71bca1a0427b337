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
  const principal = userArn(caller);
  const context = contextOf(caller, principal, template);
  return { authority: id, region, use, ...(template === undefined ? {} : { profile: template }), principal, context };
}

/**
 * The condition keys that this server knows, without values where a request has none. aws:SourceAccount and aws:SourceArn
 * speak of services that ask for themselves, which none does here; there are no organizations.
 */
function contextOf({ account, userName, region }: Caller, principal: string, template?: string): PolicyContext {
  return new Map([
    ['acm-pca:templatearn', template === undefined ? [] : [templateArn(region, template)]],
    ['aws:principalaccount', [account]],
    ['aws:principalarn', [principal]],
    ['aws:principalisawsservice', ['false']],
    ['aws:principalorgid', []],
    ['aws:principalorgpaths', []],
    ['aws:principaltype', ['User']],
    ['aws:requestedregion', [region]],
    ['aws:sourceaccount', []],
    ['aws:sourcearn', []],
    ['aws:username', [userName]],
  ]);
}

/** Templates belong to no region and account. */
export function templateArn(region: string, template: string): string {
  return `arn:${partitionOf(region)}:acm-pca:::template/${template}`;
}

/** The same keys, for those who check what a policy asks. */
export const conditionKeys: ReadonlySet<string> = new Set([
  'acm-pca:templatearn',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:username',
]);
