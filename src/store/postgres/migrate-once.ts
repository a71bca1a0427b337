import type { Pool } from 'pg';
import { migrate } from '../migrations/migrate.ts';
import type { Database } from '../schema.ts';

/** Any number that no other program on the same database would choose: the ASCII codes of `chancery`. */
const lockNumber = '7163375925785817721';

/** Migrates while holding an advisory lock: of servers that start together one does it, the others wait for it. */
export async function migrateOnce(pool: Pool, db: Database): Promise<void> {
  const holder = await pool.connect();
  try {
    await holder.query(`select pg_advisory_lock(${lockNumber})`);
    await migrate(db, 'postgres');
    await holder.query(`select pg_advisory_unlock(${lockNumber})`);
    holder.release();
  } catch (cause) {
    holder.release(true); // closing the connection gives the lock back
    throw cause;
  }
}
