import type { Caller } from '../core/account.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import type { Tag, TaggedResource } from '../core/tag.ts';
import { accountOf } from './shared-authority.ts';
import type { World } from './world.ts';

/** Adds tags to a resource that the caller has found, or replaces values. Fault `limit` above 50. */
export async function putTags(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  resource: TaggedResource,
  tags: readonly Tag[],
): Promise<void> {
  await store.commit('put-tags', { account: caller.account, resource, tags });
}

/** Removes tags by key; where a value is given, only if it is the stored one. Unknown keys are no fault. */
export async function removeTags(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  resource: TaggedResource,
  tags: readonly { key: string; value?: string }[],
): Promise<void> {
  await store.commit('remove-tags', { account: caller.account, resource, tags });
}

/** The tags of a resource, in the order of their keys; with the right to it those of another account's authority. */
export async function listTags(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  resource: TaggedResource,
  access?: SharedAccess,
): Promise<readonly Tag[]> {
  return store.tags.of(accountOf(caller, resource.id, access), resource);
}
