import type { Account, Caller, Role } from '../../core/account.ts';
import type { Session } from '../../core/session.ts';
import { Fault } from '../../core/fault.ts';
import { findAccount } from '../accounts/find-account.ts';
import type { World } from '../world.ts';
import { tokenHashOf } from './open-session.ts';

/** A session with whom it speaks for. */
export interface KnownSession {
  readonly session: Session;
  readonly account: Account;
  readonly userName: string;
  readonly role: Role;
}

/**
 * The session of a token of the caller's own account. Fault `not-found` for another account's, an ended one, one whose
 * access key is gone or switched off, and none at all.
 */
export async function findSession(
  { store, clock }: Pick<World, 'store' | 'clock'>,
  caller: Caller,
  token: string,
): Promise<KnownSession> {
  const session = await store.accounts.session(tokenHashOf(token));
  const isOwn = session !== undefined && session.account === caller.account && session.expiresAt > clock.now();
  const key = isOwn ? await store.accounts.accessKey(session.accessKey) : undefined;
  if (session === undefined || key === undefined || key.disabled || key.account !== caller.account) {
    throw new Fault('not-found', 'there is no such token', { what: 'token' });
  }
  const account = await findAccount({ store }, caller.account);
  return { session, account, userName: key.userName, role: key.role };
}
