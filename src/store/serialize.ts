import { sql } from 'kysely';
import type { Work } from './work.ts';

/**
 * Until the transaction ends, no other command passes here with the same name. For rules over several rows; SQLite
 * has one writer and needs nothing.
 */
export async function serialize({ engine, db }: Work, name: string): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
}
