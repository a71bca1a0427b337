/** The claims of a batch of `record-issued`: taken, given back, and answered, each by one statement. */
import type { IdempotencyClaim } from '../../core/idempotency.ts';
import { Fault } from '../../core/fault.ts';
import type { Work } from '../work.ts';
import { deleteClaims, findClaims, insertClaims, runArrays } from './multi-row.ts';
import type { BatchOutcome, RecordIssued } from './record-issued-batch.ts';

/** A batch holds one claim of a kind: a statement cannot touch a row twice. */
export function claimName({ account, scope, token, digest }: IdempotencyClaim): string {
  return JSON.stringify([account, scope, token, digest]);
}

/** The claims that are ours now; of the others an equal one was there before. */
export async function takeClaims(work: Work, inputs: readonly RecordIssued[]): Promise<ReadonlySet<IdempotencyClaim>> {
  const claims = new Map(
    inputs.flatMap(({ claim }) => (claim === undefined ? [] : [[claimName(claim), claim] as const])),
  );
  if (claims.size === 0) return new Set();
  // In one order everywhere: two servers with the same claims wait for each other, but never in a circle.
  const sorted = [...claims.keys()].sort().flatMap((name) => claims.get(name) ?? []);
  const rows = await runArrays<ClaimKey>(work, insertClaims, [
    ...claimArrays(sorted),
    sorted.map(({ result }) => result),
    sorted.map(({ expiresAt }) => expiresAt),
    [Math.min(...sorted.map(({ now }) => now))],
  ]);
  const won = new Set(rows.map((row) => JSON.stringify([row.account, row.scope, row.token, row.digest])));
  return new Set(sorted.filter((claim) => won.has(claimName(claim))));
}

/** Gives back what was taken for certificates that were not kept. */
export async function dropClaims(work: Work, inputs: readonly RecordIssued[]): Promise<void> {
  const claims = inputs.flatMap(({ claim }) => claim ?? []);
  if (claims.length > 0) await runArrays(work, deleteClaims, claimArrays(claims));
}

/** An equal earlier request is answered, whether or not this one's authority has changed since. */
export async function answerEarlier(
  work: Work,
  batch: readonly RecordIssued[],
  outcomes: Map<RecordIssued, BatchOutcome>,
): Promise<void> {
  const open = batch.filter((input) => {
    const outcome = outcomes.get(input);
    return input.claim !== undefined && (outcome === undefined || outcome instanceof Fault);
  });
  const claims = open.flatMap(({ claim }) => claim ?? []);
  if (claims.length === 0) return;
  const rows = await runArrays<ClaimKey & { result: string; expires_at: number }>(
    work,
    findClaims,
    claimArrays(claims),
  );
  const found = new Map(rows.map((row) => [JSON.stringify([row.account, row.scope, row.token, row.digest]), row]));
  for (const input of open) {
    const earlier = input.claim && found.get(claimName(input.claim));
    if (input.claim === undefined || earlier === undefined || earlier.expires_at <= input.claim.now) continue;
    outcomes.set(input, { claimed: false, result: earlier.result });
  }
}

interface ClaimKey {
  account: string;
  scope: string;
  token: string;
  digest: string;
}

function claimArrays(claims: readonly IdempotencyClaim[]): readonly string[][] {
  return [
    claims.map(({ account }) => account),
    claims.map(({ scope }) => scope),
    claims.map(({ token }) => token),
    claims.map(({ digest }) => digest),
  ];
}
