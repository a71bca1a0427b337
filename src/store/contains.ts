import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** Whether a column contains the text, without regard to the case of ASCII letters; no wildcards. */
export function contains(column: Expression<string>, text: string): RawBuilder<SqlBool> {
  const escaped = text.toLowerCase().replaceAll(/[\\%_]/g, (wild) => `\\${wild}`);
  return sql<SqlBool>`lower(${column}) like ${`%${escaped}%`} escape '\\'`;
}
