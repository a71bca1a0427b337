import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccountId } from '../core/ids.ts';

/** What a page token is good for: one list of one account, asked for in one way. */
export interface PageScope {
  /** The list and whatever decides its order and filter, for example `acm:ListCertificates:us-east-1`. */
  readonly list: string;
  readonly account: AccountId;
}

export interface PageTokens {
  /** Opaque to the client: letters, digits, `-` and `_`. */
  seal(scope: PageScope, cursor: string): string;
  /** The cursor; undefined when the token was changed, made by another server or meant for another list or account. */
  open(scope: PageScope, token: string): string | undefined;
}

/**
 * Page tokens that clients cannot make or carry elsewhere: the cursor, and an HMAC-SHA-256 over list, account and
 * cursor. The cursor is authenticated, not hidden. `secret` is the server's, at least 32 octets, shared by all
 * servers on one store.
 */
export function pageTokens(secret: Uint8Array): PageTokens {
  const macOf = ({ list, account }: PageScope, cursor: string): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['page', list, account, cursor]))
      .digest()
      .subarray(0, macOctets);
  return {
    seal: (scope, cursor) => Buffer.concat([macOf(scope, cursor), Buffer.from(cursor)]).toString('base64url'),
    open: (scope, token) => {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length < macOctets || bytes.toString('base64url') !== token) return undefined;
      const cursor = bytes.subarray(macOctets).toString();
      return timingSafeEqual(bytes.subarray(0, macOctets), macOf(scope, cursor)) ? cursor : undefined;
    },
  };
}

const macOctets = 20;
