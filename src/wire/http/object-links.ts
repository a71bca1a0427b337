import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccountId, EpochMs } from '../../core/ids.ts';
import type { ObjectPlace } from '../../core/object.ts';

/** Links that whoever holds them may follow until they end. */
export interface ObjectLinks {
  /** The whole URL, good until `expiresAt`. */
  urlOf(account: AccountId, place: ObjectPlace, expiresAt: EpochMs): string;
  /** Whether a query is what `urlOf` wrote for this account and place, and has not ended. */
  isGood(account: AccountId, place: ObjectPlace, query: string, now: EpochMs): boolean;
}

/**
 * An HMAC-SHA-256 over account, bucket, key and end. `secret` is the server's, at least 32 octets, shared by all
 * servers on one store.
 */
export function objectLinks(secret: Uint8Array, publicUrl: () => string): ObjectLinks {
  const signatureOf = (account: AccountId, { bucket, key }: ObjectPlace, expires: string): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['object', account, bucket, key, expires]))
      .digest();
  return {
    urlOf: (account, place, expiresAt) => {
      const expires = String(Math.floor(expiresAt / 1000));
      const signature = signatureOf(account, place, expires).toString('base64url');
      return `${publicUrl()}/objects/${place.bucket}/${place.key}?expires=${expires}&signature=${signature}`;
    },
    isGood: (account, place, query, now) => {
      const [, expires = '', given = ''] = /^expires=(\d{1,12})&signature=([\w-]{43})$/.exec(query) ?? [];
      const signature = Buffer.from(given, 'base64url');
      const expected = signatureOf(account, place, expires);
      const isSame = signature.length === expected.length && timingSafeEqual(signature, expected);
      return isSame && now < Number(expires) * 1000;
    },
  };
}
