import type { CommandName, Commands } from '../../core/commands.ts';
import { Fault, type FaultKind, type FaultSubject } from '../../core/fault.ts';
import { runCommand } from '../commands/run-command.ts';
import type { Work } from '../work.ts';
import { kyselyOver } from './dialect.ts';
import { faultOfSqlite } from './faults.ts';
import type { SqliteSession } from './session.ts';

/** A command as plain data. */
export interface Order<Name extends CommandName = CommandName> {
  readonly name: Name;
  readonly input: Commands[Name]['in'];
}

/** What became of a command, as plain data; a Fault does not survive a message between threads, its parts do. */
export type Outcome =
  | { readonly done: unknown }
  | { readonly fault: { readonly kind: FaultKind; readonly message: string; readonly subject: FaultSubject } }
  | { readonly error: string };

/** The most commands that share a commit: bounds how long the first of them waits. */
export const largestGroup = 512;

/**
 * Commits a group of commands together: one transaction, one sync of the disk. No outcome is known before the commit is
 * on disk. Nearly always every command succeeds; when one fails, all is rolled back and done again with each command in
 * a savepoint of its own, so that it takes nothing of the others with it.
 */
export async function commitGroup(session: SqliteSession, orders: readonly Order[]): Promise<readonly Outcome[]> {
  const work = workOver(session);
  return (await commitTogether(session, work, orders)) ?? (await commitEach(session, work, orders));
}

/** undefined when a command failed: nothing of the group is kept then. */
async function commitTogether(
  session: SqliteSession,
  work: Work,
  orders: readonly Order[],
): Promise<readonly Outcome[] | undefined> {
  try {
    session.exec('begin immediate');
    const outcomes: Outcome[] = [];
    for (const { name, input } of orders) outcomes.push({ done: await runCommand(work, name, input) });
    session.exec('commit');
    return outcomes;
  } catch {
    rollBack(session); // the cause comes again, and is told, when each runs in a savepoint
    return undefined;
  }
}

async function commitEach(session: SqliteSession, work: Work, orders: readonly Order[]): Promise<readonly Outcome[]> {
  try {
    session.exec('begin immediate');
    const outcomes: Outcome[] = [];
    for (const order of orders) outcomes.push(await commitOne(session, work, order));
    session.exec('commit');
    return outcomes;
  } catch (cause) {
    rollBack(session);
    return orders.map(() => outcomeOf(cause));
  }
}

async function commitOne(session: SqliteSession, work: Work, { name, input }: Order): Promise<Outcome> {
  session.run(savepoint, []);
  try {
    const done = await runCommand(work, name, input);
    session.run(release, []);
    return { done };
  } catch (cause) {
    session.run(undo, []);
    session.run(release, []);
    return outcomeOf(cause);
  }
}

const savepoint = { sqlite: 'savepoint command', postgres: '' };
const undo = { sqlite: 'rollback to command', postgres: '' };
const release = { sqlite: 'release command', postgres: '' };

const works = new WeakMap<SqliteSession, Work>();

/** One a session: readers and commands share its prepared statements. */
export function workOver(session: SqliteSession): Work {
  const known = works.get(session);
  if (known !== undefined) return known;
  const work: Work = {
    engine: 'sqlite',
    db: kyselyOver(session),
    run: (statement, values) => session.run(statement, values),
  };
  works.set(session, work);
  return work;
}

function rollBack(session: SqliteSession): void {
  try {
    session.exec('rollback');
  } catch {
    // SQLite has rolled back by itself, as it does after an I/O error or a full disk
  }
}

function outcomeOf(cause: unknown): Outcome {
  const known = faultOfSqlite(cause);
  if (known instanceof Fault) return { fault: { kind: known.kind, message: known.message, subject: known.subject } };
  return { error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
}

/** The other end: gives the result, or throws what the command threw. */
export function resultOf(outcome: Outcome): unknown {
  if ('done' in outcome) return outcome.done;
  if ('fault' in outcome) throw new Fault(outcome.fault.kind, outcome.fault.message, outcome.fault.subject);
  throw new Error(`the writer failed: ${outcome.error}`);
}
