/** Objects in buckets: what the server publishes or reports outside its database, named as S3 names it. */
import { Fault } from './fault.ts';
import type { Brand } from './ids.ts';

/** A valid bucket name. It holds neither `/` nor `..`, so it is safe as the name of a folder. */
export type BucketName = Brand<string, 'BucketName'>;
/** A valid key: relative, without empty, `.` and `..` segments, of characters that need no escape anywhere. */
export type ObjectKey = Brand<string, 'ObjectKey'>;

/** Where an object lies. */
export interface ObjectPlace {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
}

/** Who may read an object besides the bucket's owner. */
export type ObjectAccess = 'private' | 'public-read' | 'bucket-owner-full-control';

/** Amazon S3's rules for general purpose buckets, without its reserved prefixes. Throws Fault `invalid`. */
export function bucketName(text: string): BucketName {
  if (hasBucketForm(text) && !/^[\d.]+$/.test(text)) return text as BucketName; // the one place where this brand is given
  throw new Fault(
    'invalid',
    'a bucket name has 3 to 63 lower-case letters, digits, dots and hyphens, and is no IP address',
    { what: 'bucket' },
  );
}

/** The letters and the length that Amazon S3 wants; what looks like an address and reserved words are not looked for. */
export function hasBucketForm(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text) && !text.includes('..');
}

/** At most 1024 characters of S3's safe set in segments of at most 255. Throws Fault `invalid`. */
export function objectKey(text: string): ObjectKey {
  const isValid = text.length <= 1024 && text.split('/').every((part) => segment.test(part) && !/^\.\.?$/.test(part));
  if (isValid) return text as ObjectKey; // the one place where this brand is given
  throw new Fault('invalid', 'an object key is a relative path of letters, digits and !-_.*()', { what: 'key' });
}

const segment = /^[A-Za-z0-9!\-_.*()]{1,255}$/;
