/** What an authority's owner lets others do with it: other accounts by a policy, the vendor's services by permissions. */
import type { Authority } from './authority.ts';
import type { AccountId, AuthorityId, EpochMs, Region } from './ids.ts';
import type { PolicyContext } from './policy-condition.ts';

/** What another account may do with an authority, in our words: what a service is asked for must be what was allowed. */
export type SharedUse = 'see' | 'issue' | 'revoke';

/** The part of a permission that lets an operation be used on another account's authority. */
export interface Sharing {
  readonly authority: AuthorityId;
  readonly region: Region;
  readonly use: SharedUse;
  /** Only of `issue`: the name of the profile that is asked for, and that alone may then be issued by. */
  readonly profile?: string;
  /** The caller as policies name him: an ARN. */
  readonly principal: string;
  readonly context: PolicyContext;
}

/** What decides whether another account may use an authority: read anew for every such request. */
export interface SharedPolicy {
  readonly region: Region;
  /** Of the authority; every change of its policy counts it on. */
  readonly version: number;
  /** The policy document, as its owner wrote it. */
  readonly policy: string;
}

/** An authority whose policy names an account, which does not yet mean that it allows anything. */
export interface SharedAuthority {
  readonly authority: Authority;
  readonly policy: string;
}

/** What a service of the vendor's (`acm.amazonaws.com`) may do with an authority on behalf of an account. */
export interface ServicePermission {
  readonly principal: string;
  readonly sourceAccount: AccountId;
  /** The vendor's names, each once. */
  readonly actions: readonly string[];
  readonly createdAt: EpochMs;
}
