import type { CommandName, Commands } from '../../core/commands.ts';
import { Fault } from '../../core/fault.ts';
import { checkStore } from '../check.ts';
import { runCommand } from '../commands/run-command.ts';
import type { OpenedStore } from '../open.ts';
import { readersOver } from '../readers/readers.ts';
import { kyselyOver } from './dialect.ts';
import { faultOfPostgres } from './faults.ts';
import { IssuedGatherer } from './issued-gatherer.ts';
import { migrateOnce } from './migrate-once.ts';
import { makePool } from './pool.ts';
import type { RecordIssued } from './record-issued-batch.ts';
import { transact, workOver } from './transact.ts';

/** Each command is a transaction; many servers may share one database. */
export async function openPostgres(url: string, onCommit: (groupSize: number) => void): Promise<OpenedStore> {
  const pool = makePool(url);
  const db = kyselyOver(pool);
  try {
    await migrateOnce(pool, db);
  } catch (cause) {
    await pool.end();
    throw faultOfPostgres(cause);
  }
  const issued = new IssuedGatherer(db, onCommit);
  const readers = readersOver(workOver(db));
  const commit = async <Name extends CommandName>(name: Name, input: Commands[Name]['in']) => {
    if (mayGather(name, input)) return issued.record(input) as Promise<Commands[Name]['out']>; // the name says so
    const result = await transact(db, (work) => runCommand(work, name, input));
    onCommit(1);
    return result;
  };
  return {
    ...readers,
    commit,
    check: () => checkStore({ commit, settings: readers.settings }),
    async backup() {
      throw new Fault('unsupported', 'a PostgreSQL database is copied by its own tool: use pg_dump', {
        what: 'backup',
      });
    },
    close: () => pool.end(),
  };
}

/** Whether it is a certificate that shares its transaction with others; one that activates an authority does not. */
function mayGather<Name extends CommandName>(
  name: Name,
  input: Commands[Name]['in'] | RecordIssued,
): input is RecordIssued {
  return name === 'record-issued' && 'certificate' in input && !('activate' in input && input.activate !== undefined);
}
