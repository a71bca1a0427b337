import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from '../schema.ts';
import type { Engine } from '../work.ts';
import { firstTables } from './0001-first-tables.ts';
import { auditReports } from './0003-audit-reports.ts';
import { purge } from './0004-purge.ts';
import { revocation } from './0005-revocation.ts';
import { sharing } from './0002-sharing.ts';

/** In order; a step that has been released is never changed. */
const steps = {
  '0001-first-tables': firstTables,
  '0002-sharing': sharing,
  '0003-audit-reports': auditReports,
  '0004-purge': purge,
  '0005-revocation': revocation,
} satisfies Record<string, (db: Database, engine: Engine) => Promise<void>>;

/** Brings the schema up to date in one transaction; does nothing when it is. Throws the cause. */
export async function migrate(db: Database, engine: Engine): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(steps).map(([name, step]): [string, Migration] => [name, { up: (at) => step(at, engine) }]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
