import type { Caller } from '../core/account.ts';
import type { Authority } from '../core/authority.ts';
import type { AuthorityReader, Page, Slice } from '../core/store.ts';
import { asPaced } from './find-authority.ts';
import type { World } from './world.ts';

/** The caller's authorities, oldest first, by pages that stay stable while others are added. */
export async function pageAuthorities(
  { store, clock, pace }: Pick<World, 'store' | 'clock' | 'pace'>,
  caller: Caller,
  wanted: Omit<Parameters<AuthorityReader['page']>[1], 'now'>,
): Promise<Page<Authority>> {
  const now = clock.now();
  const page = await store.authorities.page(caller.account, { ...wanted, now });
  return { ...page, items: page.items.map((authority) => asPaced(pace, authority, now)) };
}

/** The caller's authorities by filter, sort key and row number, with their total. */
export async function sliceAuthorities(
  { store, clock }: Pick<World, 'store' | 'clock'>,
  caller: Caller,
  wanted: Omit<Parameters<AuthorityReader['slice']>[1], 'now'>,
): Promise<Slice<Authority>> {
  return store.authorities.slice(caller.account, { ...wanted, now: clock.now() });
}
