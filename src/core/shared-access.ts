/** The proof that another account's authority may be used, without which no service touches another account's things. */
import type { Caller, Permission } from './account.ts';
import { denialAcrossAccounts, sharedAuthority } from './authorization.ts';
import { Fault } from './fault.ts';
import type { AccountId, AuthorityId } from './ids.ts';
import { readPolicy } from './policy-document.ts';
import type { Policy } from './policy.ts';
import type { SharedPolicy, Sharing } from './sharing.ts';

/**
 * The right of one caller, in one request, to one kind of use of one authority of another account. Only the policy makes
 * it: docs/decisions/0011-policy-engine.md.
 */
export class SharedAccess {
  readonly owner: AccountId;
  readonly authority: AuthorityId;
  /** The authority's version under which it was allowed: whatever changes the policy changes the version. */
  readonly version: number;
  readonly #caller: Caller;
  readonly #permission: Permission;
  readonly #sharing: Sharing;

  private constructor(caller: Caller, permission: Permission, sharing: Sharing, owner: AccountId, version: number) {
    this.owner = owner;
    this.authority = sharing.authority;
    this.version = version;
    this.#caller = caller;
    this.#permission = permission;
    this.#sharing = sharing;
  }

  /**
   * The only maker. `shared` is undefined where there is nothing, no policy, or a suspended owner: all the same answer.
   * Throws Fault `forbidden` about a `shared authority`, with a `Denial` as its reason.
   */
  static authorize(caller: Caller, permission: Permission, shared: SharedPolicy | undefined): SharedAccess {
    const { account, sharing, action, resource } = permission;
    const found = shared?.region === sharing?.region ? shared : undefined;
    const policy = found === undefined ? undefined : attached(found.policy);
    const denial = denialAcrossAccounts(caller, permission, policy);
    if (denial === undefined && found !== undefined && account !== undefined && sharing !== undefined) {
      return new SharedAccess(caller, permission, sharing, account, found.version);
    }
    const reason = denial ?? 'no-resource-policy';
    throw new Fault('forbidden', `${action} is not allowed on ${resource}`, { what: sharedAuthority, reason });
  }

  /** The same right under the policy as it is now. Throws as `authorize`. */
  renewed(shared: SharedPolicy | undefined): SharedAccess {
    return SharedAccess.authorize(this.#caller, this.#permission, shared);
  }

  /** The account to act in. Throws unless the right is this caller's, of this request, to this authority: a bug of ours. */
  ownerFor(caller: Caller, authority: string): AccountId {
    if (this.#caller !== caller || this.authority !== authority) throw new Error('a shared access was used elsewhere');
    return this.owner;
  }

  /** Throws unless this is what was allowed: the use, and for issuing the profile. A bug of ours, not a denial. */
  assertUse(use: Sharing['use'], profile?: string): void {
    const { use: allowed, profile: allowedProfile } = this.#sharing;
    const isThis = allowed === use && (use !== 'issue' || (profile !== undefined && profile === allowedProfile));
    if (!isThis) throw new Error(`a shared access to ${allowed} was used to ${use}`);
  }
}

/** Documents that were read lately. By their whole text, so there is nothing to be out of date. */
const known = new Map<string, Policy | undefined>();
const knownLimit = 200;

/** Undefined for what cannot be read: it allows nothing. */
function attached(text: string): Policy | undefined {
  if (known.has(text)) return known.get(text);
  const policy = readable(text);
  const [oldest] = known.keys();
  if (known.size >= knownLimit && oldest !== undefined) known.delete(oldest);
  known.set(text, policy);
  return policy;
}

function readable(text: string): Policy | undefined {
  try {
    return readPolicy(text, 'resource');
  } catch (cause) {
    if (cause instanceof Fault) return undefined;
    throw cause;
  }
}
