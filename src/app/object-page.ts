import type { AccountId } from '../core/ids.ts';
import { bucketName, objectKey, type ObjectPlace } from '../core/object.ts';
import { Fault } from '../core/fault.ts';
import type { Clock, ObjectStore } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { ObjectLinks } from '../wire/http/object-links.ts';
import { type Page, plain } from '../wire/http/pages.ts';

export interface ObjectPageNeeds {
  readonly store: Pick<Store, 'buckets'>;
  readonly objects: ObjectStore;
  readonly links: ObjectLinks;
  readonly clock: Clock;
}

/**
 * `/objects/<bucket>/<key>?expires=…&signature=…`: an object of the local folder for whoever has a link. Without a good
 * link every answer is the same, whatever is there. It is a download and never a page: no browser runs what it holds.
 */
export function objectPage({ store, objects, links, clock }: ObjectPageNeeds): Page {
  return {
    path: '/objects/*',
    answer: async (rest, { method, query }) => {
      const place = placeOf(rest);
      if (place === undefined) return forbidden;
      const owner = (await store.buckets.ownerOf(place.bucket)) ?? nobody;
      if (!links.isGood(owner, place, query, clock.now())) return forbidden;
      const found = await objects.local?.find(place);
      if (found === undefined) return undefined;
      const headers = {
        'content-type': found.contentType,
        'content-length': String(found.size),
        'content-disposition': `attachment; filename="${place.key.slice(place.key.lastIndexOf('/') + 1)}"`,
        'cache-control': 'private, no-store',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      };
      return { status: 200, headers, body: '', ...(method === 'HEAD' ? {} : { stream: found.read() }) };
    },
  };
}

const forbidden = plain(403, 'the link is not valid, or its time is over\n');
/** Whose bucket it is when it is nobody's: no link is made for it. */
const nobody = '' as AccountId; // no account has this id

function placeOf(rest: string): ObjectPlace | undefined {
  const [bucket = '', ...key] = rest.split('/');
  try {
    return { bucket: bucketName(bucket), key: objectKey(key.join('/')) };
  } catch (cause) {
    if (cause instanceof Fault) return undefined;
    throw cause;
  }
}
