import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { AccountId } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';

/** What a page token is good for: one list of one account, asked for in one way. */
export interface PageScope {
  /** The list and whatever decides its order and filter, for example `acm:ListCertificates:us-east-1`. */
  readonly list: string;
  readonly account: AccountId;
}

export interface PageTokens {
  /** Opaque to the client: letters, digits, `-` and `_`. */
  seal(scope: PageScope, cursor: string): string;
  /** The cursor; undefined when the token is old, changed, of another server or meant for another list or account. */
  open(scope: PageScope, token: string): string | undefined;
}

/**
 * Page tokens that clients can neither read, make nor carry elsewhere: the cursor and the hour under AES-256-GCM, with
 * list and account as associated data. They last a day: whoever pages is done by then. `secret` is the server's, at
 * least 32 octets, shared by all servers on one store.
 */
export function pageTokens(secret: Uint8Array, clock: Clock): PageTokens {
  const key = createHmac('sha256', secret).update('page tokens').digest();
  const boundTo = ({ list, account }: PageScope): Buffer => Buffer.from(JSON.stringify(['page', list, account]));
  return {
    seal: (scope, cursor) => {
      const nonce = randomBytes(nonceOctets);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(scope));
      const sealed = [cipher.update(`${hourOf(clock)} ${cursor}`), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat([nonce, ...sealed]).toString('base64url');
    },
    open: (scope, token) => {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length < nonceOctets + tagOctets || bytes.toString('base64url') !== token) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceOctets), {
        authTagLength: tagOctets,
      })
        .setAAD(boundTo(scope))
        .setAuthTag(bytes.subarray(-tagOctets));
      const text = finished(decipher, bytes.subarray(nonceOctets, -tagOctets));
      const [hour = '', ...cursor] = text?.split(' ') ?? [];
      return text === undefined || hourOf(clock) - Number(hour) > lastsHours ? undefined : cursor.join(' ');
    },
  };
}

/** Undefined when the tag does not fit. */
function finished(decipher: ReturnType<typeof createDecipheriv>, sealed: Uint8Array): string | undefined {
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}

function hourOf(clock: Clock): number {
  return Math.floor(clock.now() / 3_600_000);
}

const lastsHours = 24;
const nonceOctets = 12;
const tagOctets = 16;
