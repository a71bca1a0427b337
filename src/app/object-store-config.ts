import { Fault } from '../core/fault.ts';
import { type BucketName, bucketName } from '../core/object.ts';
import { BadConfiguration } from './bad-configuration.ts';
import type { Environment } from './env.ts';
import { Hidden } from './hidden.ts';
import { readBaseUrl } from './base-url.ts';

/** An S3-compatible service in place of the local folder. */
export interface ObjectStoreConfig {
  /** No path, no trailing slash. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secret: Hidden<Uint8Array>;
  /** All that accounts may name, whatever else the key reaches. Not empty. */
  readonly buckets: ReadonlySet<BucketName>;
}

/** undefined for the local folder. Throws BadConfiguration. */
export function readObjectStore(env: Environment): ObjectStoreConfig | undefined {
  const {
    CHANCERY_OBJECT_STORE_URL: url,
    CHANCERY_OBJECT_STORE_ACCESS_KEY_ID: accessKeyId,
    CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY: secret,
    CHANCERY_OBJECT_STORE_REGION: region,
    CHANCERY_OBJECT_STORE_BUCKETS: buckets,
  } = env;
  if (url === undefined) {
    for (const name of furtherNames) {
      if (env[name] !== undefined) {
        throw new BadConfiguration(`${name} is set without CHANCERY_OBJECT_STORE_URL, expected both or neither`);
      }
    }
    return undefined;
  }
  if (accessKeyId === undefined || !/^[!-~]{1,128}$/.test(accessKeyId)) {
    throw new BadConfiguration(
      'CHANCERY_OBJECT_STORE_ACCESS_KEY_ID must have 1 to 128 visible ASCII characters, as CHANCERY_OBJECT_STORE_URL is set',
    );
  }
  if (secret === undefined || !/^[!-~]{1,256}$/.test(secret)) {
    throw new BadConfiguration(
      'CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY must have 1 to 256 visible ASCII characters, as CHANCERY_OBJECT_STORE_URL is set',
    );
  }
  return {
    url: readUrl(url),
    region: readRegion(region ?? 'us-east-1'),
    accessKeyId,
    secret: new Hidden(new TextEncoder().encode(secret)),
    buckets: readBuckets(buckets),
  };
}

/** Buckets are addressed by path, so the address itself has none. */
function readUrl(text: string): string {
  const url = readBaseUrl('CHANCERY_OBJECT_STORE_URL', text, ['https:', 'http:']);
  if (new URL(url).pathname === '/') return url;
  throw new BadConfiguration(
    `CHANCERY_OBJECT_STORE_URL is ${url}, expected no path: a bucket is the path's first part`,
  );
}

/** Any word: services of others name their regions as they like (`auto`, `garage`). */
function readRegion(text: string): string {
  if (/^[A-Za-z0-9-]{1,64}$/.test(text)) return text;
  throw new BadConfiguration('CHANCERY_OBJECT_STORE_REGION must have 1 to 64 letters, digits and hyphens');
}

/** No list is no permission: the key is the operator's, and who names a bucket is any account. */
function readBuckets(text: string | undefined): ReadonlySet<BucketName> {
  if (text === undefined) {
    throw new BadConfiguration(
      'CHANCERY_OBJECT_STORE_BUCKETS must name the buckets that accounts may use, separated by commas, as CHANCERY_OBJECT_STORE_URL is set',
    );
  }
  return new Set(text.split(',').map((name) => readBucket(name.trim())));
}

function readBucket(name: string): BucketName {
  try {
    return bucketName(name);
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    throw new BadConfiguration(`CHANCERY_OBJECT_STORE_BUCKETS names ${JSON.stringify(name)}: ${cause.message}`);
  }
}

const furtherNames = [
  'CHANCERY_OBJECT_STORE_ACCESS_KEY_ID',
  'CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY',
  'CHANCERY_OBJECT_STORE_REGION',
  'CHANCERY_OBJECT_STORE_BUCKETS',
] as const;
