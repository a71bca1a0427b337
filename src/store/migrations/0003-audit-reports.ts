import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Engine } from '../work.ts';

/**
 * Audit reports, and whose the buckets are. `held_until` is 0 while nobody writes a report; the index of those that
 * wait is empty nearly always, so asking for them costs nothing.
 */
export async function auditReports(db: Database, engine: Engine): Promise<void> {
  const [TEXT, INT, options] =
    engine === 'sqlite' ? ['text', 'integer', 'strict, without rowid'] : ['text collate "C"', 'bigint', ''];
  const statements = [
    `create table audit_reports (
       id ${TEXT} primary key not null,
       account ${TEXT} not null,
       authority ${TEXT} not null,
       region ${TEXT} not null,
       form ${TEXT} not null,
       bucket ${TEXT} not null,
       object_key ${TEXT} not null,
       created_at ${INT} not null,
       state ${TEXT} not null,
       failure ${TEXT},
       holder ${TEXT},
       held_until ${INT} not null,
       attempts ${INT} not null
     ) ${options}`,
    'create index audit_reports_authority on audit_reports (account, authority, created_at)',
    "create index audit_reports_waiting on audit_reports (created_at, held_until) where state = 'creating'",
    `create table buckets (
       name ${TEXT} primary key not null,
       account ${TEXT} not null
     ) ${options}`,
  ];
  for (const text of statements) await sql.raw(text).execute(db);
}
