import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Engine } from '../work.ts';

/**
 * The end of authorities: when the restore period of a deleted one ends, as a column that the purge looks by, and what
 * relying parties still need of one that was purged. The small indexes hold only what a job looks for.
 */
export async function purge(db: Database, engine: Engine): Promise<void> {
  const { INT, BYTES, TEXT, restorableUntil } = words[engine];
  const statements = [
    `alter table authorities add column purge_at ${INT}`,
    `update authorities set purge_at = ${restorableUntil} where state = 'deleted'`,
    'create index authorities_purge on authorities (purge_at) where purge_at is not null',
    "create index authorities_creating on authorities (created_at) where state = 'creating'",
    `create table purged_authorities (
      account ${TEXT} not null,
      id ${TEXT} not null,
      common_name ${TEXT} not null,
      der ${BYTES} not null,
      chain ${BYTES} not null,
      purged_at ${INT} not null,
      primary key (account, id)) ${engine === 'sqlite' ? 'strict, without rowid' : ''}`,
    'create index purged_authorities_id on purged_authorities (id)',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const words = {
  sqlite: {
    INT: 'integer',
    BYTES: 'blob',
    TEXT: 'text',
    restorableUntil: "json_extract(state_detail, '$.restorableUntil')",
  },
  postgres: {
    INT: 'bigint',
    BYTES: 'bytea',
    TEXT: 'text collate "C"',
    restorableUntil: "(state_detail::json ->> 'restorableUntil')::bigint",
  },
} satisfies Record<Engine, Record<'INT' | 'BYTES' | 'TEXT' | 'restorableUntil', string>>;
