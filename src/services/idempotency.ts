/** The same token with the same request gives the same answer while the window is open. */
import { createHash } from 'node:crypto';
import type { Caller } from '../core/account.ts';
import type { IdempotencyClaim } from '../core/idempotency.ts';
import type { EpochMs } from '../core/ids.ts';
import type { World } from './world.ts';

/** What a front says about a repeatable request. */
export interface Repeatable {
  /** Operation and resource: `acm-pca:IssueCertificate:<id>`. */
  readonly scope: string;
  readonly token: string;
  /** Lower-case hexadecimal SHA-256 over the whole request, so that a token never answers for another request. */
  readonly digest: string;
  readonly windowMs: number;
}

/** The earlier result, if this very request was answered inside its window. */
export async function earlierResult(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  repeatable: Repeatable | undefined,
  now: EpochMs,
): Promise<string | undefined> {
  if (repeatable === undefined) return undefined;
  const { scope, token, digest } = repeatable;
  return store.idempotency.find(caller.account, scope, token, digest, now);
}

/**
 * The earlier result as before, and what a new request is to claim instead: a result that was deleted meanwhile counts
 * no more, because its id would name nothing.
 */
export async function earlierThatExists(
  world: Pick<World, 'store'>,
  caller: Caller,
  repeatable: Repeatable | undefined,
  now: EpochMs,
  exists: (result: string) => Promise<boolean>,
): Promise<{ earlier?: string; repeatable?: Repeatable }> {
  let open = repeatable;
  for (;;) {
    const earlier = await earlierResult(world, caller, open, now);
    if (open === undefined || earlier === undefined) return { repeatable: open };
    if (await exists(earlier)) return { earlier, repeatable: open };
    // Everyone who repeats the request from now on finds this digest, so that still only one does its work.
    open = { ...open, digest: createHash('sha256').update(`${open.digest} ${earlier}`).digest('hex') };
  }
}

/** The claim that a command carries, so that of two equal requests at once only one does its work. */
export function claimOf(
  caller: Caller,
  repeatable: Repeatable | undefined,
  result: string,
  now: EpochMs,
): IdempotencyClaim | undefined {
  if (repeatable === undefined) return undefined;
  const { scope, token, digest, windowMs } = repeatable;
  return { account: caller.account, scope, token, digest, expiresAt: now + windowMs, result, now };
}
