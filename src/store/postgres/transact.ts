import { CompiledQuery } from 'kysely';
import type { Database } from '../schema.ts';
import type { Work } from '../work.ts';
import { faultOfPostgres } from './faults.ts';

/** Runs in one transaction (read committed), durable when the promise resolves; what it throws undoes it. */
export async function transact<Result>(db: Database, run: (work: Work) => Promise<Result>): Promise<Result> {
  try {
    return await db.transaction().execute((transaction) => run(workOver(transaction)));
  } catch (cause) {
    throw faultOfPostgres(cause);
  }
}

export function workOver(db: Database): Work {
  return {
    engine: 'postgres',
    db,
    run: async <Row>({ postgres }: { postgres: string }, values: readonly unknown[]) =>
      (await db.executeQuery<Row>(CompiledQuery.raw(postgres, [...values]) as CompiledQuery<Row>)).rows, // the statement's claim
  };
}
