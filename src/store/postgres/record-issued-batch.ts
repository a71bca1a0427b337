import type { Commands } from '../../core/commands.ts';
import type { Claimed } from '../../core/idempotency.ts';
import { Fault } from '../../core/fault.ts';
import { alreadyExists, versionConflict } from '../assertions.ts';
import { issuedColumns, issuedValues } from '../rows/issued.ts';
import type { Work } from '../work.ts';
import { answerEarlier, dropClaims, takeClaims } from './claim-batch.ts';
import { insertDers, insertIssuedRows, runArrays, versionsOf } from './multi-row.ts';

export type RecordIssued = Commands['record-issued']['in'];

export type BatchOutcome = Claimed | Fault;

/**
 * What `recordIssued` does, for many at once in one transaction: four statements however many certificates. A Fault of
 * one takes nothing of the others with it.
 */
export async function recordIssuedBatch(work: Work, batch: readonly RecordIssued[]): Promise<readonly BatchOutcome[]> {
  const outcomes = new Map<RecordIssued, BatchOutcome>();
  const versions = await lockVersions(work, batch);
  const current = batch.filter((input) => {
    const { account, authority } = input.certificate;
    const found = versions.get(`${account} ${authority}`);
    if (found === input.authorityVersion) return true;
    outcomes.set(input, versionConflict('authority', authority, input.authorityVersion, found));
    return false;
  });
  const won = await takeClaims(work, current);
  const made = await insertRows(
    work,
    current.filter(({ claim }) => claim === undefined || won.has(claim)),
  );
  for (const input of current) {
    const { claim, certificate } = input;
    if (claim !== undefined && !won.has(claim)) continue; // answered below
    outcomes.set(
      input,
      made.has(nameOf(certificate)) ? { claimed: true } : alreadyExists('certificate', certificate.serial),
    );
  }
  await dropClaims(
    work,
    current.filter((input) => outcomes.get(input) instanceof Fault),
  );
  await answerEarlier(work, batch, outcomes);
  return batch.map((input) => outcomes.get(input) ?? new Fault('conflict', 'an equal request was removed meanwhile'));
}

/** The name of its row. A batch holds each once. */
export function nameOf({ account, serial }: RecordIssued['certificate']): string {
  return `${account} ${serial}`;
}

/** In the order of their keys and shared, so that batches never wait for each other, only changes of an authority do. */
async function lockVersions(work: Work, batch: readonly RecordIssued[]): Promise<ReadonlyMap<string, number>> {
  const names = new Map(
    batch.map(({ certificate: { account, authority } }) => [`${account} ${authority}`, { account, authority }]),
  );
  const wanted = [...names.values()];
  const rows = await runArrays<{ account: string; id: string; version: number }>(work, versionsOf, [
    wanted.map(({ account }) => account),
    wanted.map(({ authority }) => authority),
  ]);
  return new Map(rows.map(({ account, id, version }) => [`${account} ${id}`, version]));
}

async function insertRows(work: Work, inputs: readonly RecordIssued[]): Promise<ReadonlySet<string>> {
  if (inputs.length === 0) return new Set();
  const rows = inputs.map(({ certificate }) => issuedValues(certificate));
  const columns = issuedColumns.map((_name, at) => rows.map((row) => row[at] ?? null));
  const made = await runArrays<{ account: string; serial: string }>(work, insertIssuedRows, columns);
  const names = new Set(made.map(({ account, serial }) => `${account} ${serial}`));
  const fresh = inputs.filter(({ certificate }) => names.has(nameOf(certificate)));
  await runArrays(work, insertDers, [
    fresh.map(({ certificate }) => certificate.account),
    fresh.map(({ certificate }) => certificate.serial),
    fresh.map(({ certificate }) => certificate.der),
  ]);
  return names;
}
