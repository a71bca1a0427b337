import { createHash } from 'node:crypto';
import type { Session } from '../../core/session.ts';
import type { AccessKeyId, AccountId } from '../../core/ids.ts';
import type { World } from '../world.ts';

/** How long a token of Huawei's IAM lives. */
const sessionMs = 24 * 3_600_000;

/**
 * A token session for an access key whose secret the caller has shown. The token is returned once;
 * only its hash is stored.
 */
export async function openSession(
  { store, clock, random }: Pick<World, 'store' | 'clock' | 'random'>,
  wish: { account: AccountId; accessKey: AccessKeyId; scope: Session['scope'] },
): Promise<{ token: string; session: Session }> {
  const token = Buffer.from(random.bytes(48)).toString('base64url');
  const now = clock.now();
  const session: Session = { tokenHash: tokenHashOf(token), ...wish, issuedAt: now, expiresAt: now + sessionMs };
  await store.commit('create-session', { session });
  return { token, session };
}

/** What the store knows of a token: lower-case hexadecimal SHA-256. */
export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
