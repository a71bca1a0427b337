import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { sql } from 'kysely';
import { firstTables } from '../../src/store/migrations/0001-first-tables.ts';
import { purge } from '../../src/store/migrations/0004-purge.ts';
import { kyselyOver } from '../../src/store/postgres/dialect.ts';
import { makePool } from '../../src/store/postgres/pool.ts';
import type { Database } from '../../src/store/schema.ts';
import { workOver } from '../../src/store/sqlite/group-commit.ts';
import { SqliteSession } from '../../src/store/sqlite/session.ts';
import type { Engine } from '../../src/store/work.ts';
import { startPostgres } from '../contracts/postgres-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('the migration to purges', async () => {
  const postgres = await startPostgres();
  after(() => postgres?.stop());

  it('gives what was deleted before its end: SQLite', async (t) => {
    const session = new SqliteSession(join(temporaryFolder(t), 'old.db'), { readOnly: false });
    await upgraded(workOver(session).db, 'sqlite');
    session.close();
  });

  it('gives what was deleted before its end: PostgreSQL', async (t) => {
    if (postgres === undefined) return t.skip('postgres is not installed');
    const pool = makePool(await postgres.database());
    await upgraded(kyselyOver(pool), 'postgres');
    await pool.end();
  });
});

async function upgraded(db: Database, engine: Engine): Promise<void> {
  await firstTables(db, engine);
  const states = {
    active: { kind: 'active' },
    deleted: { kind: 'deleted', before: 'disabled', restorableUntil: 1_790_000_000_000 },
  };
  for (const [id, state] of Object.entries(states)) {
    await sql`insert into authorities values ('1', ${id}, 'r', 'root', ${state.kind}, ${JSON.stringify(state)}, '[]', '',
      'P-256', 'SHA256-ECDSA', null, ${new Uint8Array([0])}, '[]', 'general', null, null, '{}', 0, 0, 1)`.execute(db);
  }
  await purge(db, engine);
  const rows = await db.selectFrom('authorities').select(['id', 'purge_at']).orderBy('id').execute();
  assert.deepEqual(
    rows.map(({ id, purge_at }) => [String(id), purge_at]),
    [
      ['active', null],
      ['deleted', 1_790_000_000_000],
    ],
  );
}
