import type { TaggedResource } from '../../core/tag.ts';
import { Fault } from '../../core/fault.ts';
import type { AccountId } from '../../core/ids.ts';
import { type Tag, tagsPerResource } from '../../core/tag.ts';
import type { Database } from '../schema.ts';
import { serialize } from '../serialize.ts';
import type { Work } from '../work.ts';
import type { Command } from './command.ts';

export const putTags: Command<'put-tags'> = (work, { account, resource, tags }) =>
  insertTags(work, account, resource, tags);

export const removeTags: Command<'remove-tags'> = async ({ db }, { account, resource, tags }) => {
  for (const { key, value } of tags) {
    const tag = onResource(db, account, resource).where('key', '=', key);
    await (value === undefined ? tag : tag.where('value', '=', value)).execute();
  }
};

/** Fault `limit` above 50 tags on the resource. */
export async function insertTags(
  work: Work,
  account: AccountId,
  resource: TaggedResource,
  tags: readonly Tag[],
): Promise<void> {
  if (tags.length === 0) return;
  await serialize(work, `tags ${account} ${resource.id}`); // or two writers together could pass the limit
  for (const { key, value } of tags) {
    await work.db
      .insertInto('tags')
      .values({ account, kind: resource.kind, resource: resource.id, key, value })
      .onConflict((clash) => clash.columns(['account', 'kind', 'resource', 'key']).doUpdateSet({ value }))
      .execute();
  }
  const { count } = await work.db
    .selectFrom('tags')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('account', '=', account)
    .where('kind', '=', resource.kind)
    .where('resource', '=', resource.id)
    .executeTakeFirstOrThrow();
  if (count > tagsPerResource) {
    const { kind: what, id } = resource;
    throw new Fault('limit', `${what} ${id} would have ${count} tags, at most ${tagsPerResource} are allowed`, {
      what,
      id,
      reason: 'too-many-tags',
    });
  }
}

export async function deleteTags(db: Database, account: AccountId, resource: TaggedResource): Promise<void> {
  await onResource(db, account, resource).execute();
}

function onResource(db: Database, account: AccountId, resource: TaggedResource) {
  return db
    .deleteFrom('tags')
    .where('account', '=', account)
    .where('kind', '=', resource.kind)
    .where('resource', '=', resource.id);
}
