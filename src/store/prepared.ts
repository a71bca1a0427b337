import type { Compilable } from 'kysely';
import type { SqlValue, Work } from './work.ts';

/**
 * A query that is built once and then runs with other values: building and compiling one costs more than running it.
 * The values replace those that the query was built with, in the order in which they stand in it.
 */
export function prepared<Row>(
  work: Work,
  query: Compilable<Row>,
): (values: readonly SqlValue[]) => Promise<readonly Row[]> {
  const { sql: text, parameters } = query.compile();
  const made = { sqlite: text, postgres: text };
  return async (values) => {
    if (values.length !== parameters.length) throw new Error(`the query takes ${parameters.length} values`);
    return work.run<Row>(made, values);
  };
}
