import type { AccountId } from '../core/ids.ts';
import { Fault } from '../core/fault.ts';
import type { ObjectPlace } from '../core/object.ts';
import type { World } from './world.ts';

/**
 * Asserts that the account may read an object that lies in the server's own folder.
 * Faults: `not-found`, the same for another account's bucket and for no object; `unsupported` where objects are in an
 * S3-compatible service, which signs links itself.
 */
export async function assertReadableObject(
  { store, objects }: Pick<World, 'store' | 'objects'>,
  account: AccountId,
  place: ObjectPlace,
): Promise<void> {
  if (objects.local === undefined) {
    throw new Fault('unsupported', 'objects are kept in an S3-compatible service: read them there', { what: 'object' });
  }
  const isOwn = (await store.buckets.ownerOf(place.bucket)) === account;
  if (isOwn && (await objects.local.find(place)) !== undefined) return;
  throw new Fault('not-found', `there is no object ${place.key} in bucket ${place.bucket}`, { what: 'object' });
}
