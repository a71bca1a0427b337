import type { Authority, AuthorityState, CreationFailure } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { EpochMs } from '../core/ids.ts';
import type { SealedKey } from '../core/key.ts';
import { authorityProfile } from './authority-profile.ts';
import type { World } from './world.ts';

type Uses = Pick<World, 'store' | 'vault' | 'signer' | 'clock' | 'random'>;

/** What could not be done for so long is given up: the authority has failed then. */
const creationLimitMs = 3_600_000;

/**
 * For a job, of every account: makes the keys and the CSRs of the authorities that are being created, which then wait
 * for their certificates. Several servers may do so at once: the first one's key counts. One whose key cannot be made
 * becomes failed, at once when it never can be, else after an hour; until then the cause is thrown, to be tried again.
 */
export async function finishAuthorities(world: Uses, signal: AbortSignal): Promise<void> {
  const causes: unknown[] = [];
  for (const { account, id } of shuffled(world, await world.store.authorities.creating(100))) {
    if (signal.aborted) return;
    const authority = await world.store.authorities.get(account, id);
    if (authority?.state.kind !== 'creating') continue; // deleted, or finished by another server
    await finish(world, authority).catch((cause: unknown) => causes.push(cause));
  }
  if (causes.length > 0 && !signal.aborted) throw causes[0];
}

async function finish(world: Uses, authority: Authority): Promise<void> {
  try {
    await change(world, authority, { state: { kind: 'pending' }, made: await made(world, authority) });
  } catch (cause) {
    const reason = failureOf(cause, world.clock.now() - authority.createdAt);
    if (reason === undefined) throw cause;
    await change(world, authority, { state: { kind: 'failed', reason } });
  }
}

async function made(world: Uses, authority: Authority) {
  const key = await world.vault.generate(authority.account, authority.keyAlgorithm, authority.key);
  return { key, csr: await csrOf(world, authority, key) };
}

/** The signing request of an authority that is being created, PKCS#10 in DER, signed by its key. */
export async function csrOf(
  { signer }: Pick<World, 'signer'>,
  { account, keyUsages, subject, signatureAlgorithm, state }: Authority,
  key: SealedKey,
): Promise<Uint8Array> {
  const customExtensions = state.kind === 'creating' ? state.csrExtensions : [];
  const profile = authorityProfile({ name: 'csr', keyUsages, customExtensions });
  const request = { key: key.id, publicKey: key.publicKey, subject, signatureAlgorithm, profile };
  return signer.signCsr(account, request, key);
}

/** Somebody may have been faster, or have deleted it: then there is nothing to do. */
async function change(
  { store, clock }: Uses,
  { account, id, version }: Authority,
  parts: { state: AuthorityState; made?: Awaited<ReturnType<typeof made>> },
): Promise<void> {
  try {
    await store.commit('update-authority', { account, id, version, now: clock.now(), ...parts });
  } catch (cause) {
    if (cause instanceof Fault && (cause.kind === 'conflict' || cause.kind === 'not-found')) return;
    throw cause;
  }
}

/** Undefined: to be tried again. */
function failureOf(cause: unknown, age: EpochMs): CreationFailure | undefined {
  const isLate = age >= creationLimitMs;
  if (!(cause instanceof Fault)) return isLate ? 'other' : undefined;
  if (cause.kind === 'unsupported') return 'unsupported-algorithm';
  if (cause.kind === 'unavailable') return isLate ? 'timed-out' : undefined;
  return 'other';
}

/** Each server begins elsewhere, so that two rarely make a key for the same authority. */
function shuffled<Item>({ random }: Pick<World, 'random'>, items: readonly Item[]): readonly Item[] {
  const first = (random.bytes(1)[0] ?? 0) % Math.max(items.length, 1);
  return [...items.slice(first), ...items.slice(0, first)];
}
