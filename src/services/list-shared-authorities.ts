import type { Caller, Permission } from '../core/account.ts';
import { type Authority, isGone } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { Region } from '../core/ids.ts';
import type { Page } from '../core/store.ts';
import { SharedAccess } from '../core/shared-access.ts';
import { asPaced } from './find-authority.ts';
import type { World } from './world.ts';

/**
 * Other accounts' authorities whose policy lets the caller see them, oldest first, by pages that stay stable while others
 * come and go. `permissionOn` says what seeing one is called. Policies are decided one by one: that one names the account
 * does not yet mean that it allows.
 */
export async function pageSharedAuthorities(
  { store, clock, pace }: Pick<World, 'store' | 'clock' | 'pace'>,
  caller: Caller,
  wanted: { region: Region; limit: number; after?: string; permissionOn: (authority: Authority) => Permission },
): Promise<Page<Authority>> {
  const { permissionOn, limit, ...place } = wanted;
  const page = { ...place, limit: Math.min(limit, longestPage) };
  const now = clock.now();
  const { items, next } = await store.sharing.page(caller.account, page);
  const seen = items.filter(({ authority, policy }) => {
    const { account, region, version } = authority;
    if (account === caller.account || isGone(authority, now)) return false;
    return isAllowed(caller, permissionOn(authority), { region, version, policy });
  });
  const authorities = seen.map(({ authority }) => asPaced(pace, authority, now));
  return next === undefined ? { items: authorities } : { items: authorities, next };
}

/** Each row brings a policy of up to 80 KB that somebody else wrote: a page is read within some hundred milliseconds. */
const longestPage = 100;

function isAllowed(...asked: Parameters<typeof SharedAccess.authorize>): boolean {
  try {
    SharedAccess.authorize(...asked);
    return true;
  } catch (cause) {
    if (cause instanceof Fault) return false;
    throw cause;
  }
}
