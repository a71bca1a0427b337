import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Engine } from '../work.ts';

/**
 * Authorities that other accounts use: resource policies, what the vendor's own services may do, and who asked.
 *
 * `asker_account` and `authority_account` are null where they are the row's own account, which is nearly always: a
 * million rows of before need no rewriting, and issuing pays nothing. `policy_principals` has a row for each account
 * that a policy names, so that the list of what is shared with somebody reads no policies in vain.
 */
export async function sharing(db: Database, engine: Engine): Promise<void> {
  const { INT, TEXT } = types[engine];
  const tableOptions = engine === 'sqlite' ? 'strict, without rowid' : '';
  const inAuthority = 'foreign key (account, authority) references authorities (account, id) on delete cascade';
  const statements = [
    `alter table issued add column asker_account ${TEXT}`,
    `alter table managed add column authority_account ${TEXT}`,
    `create table authority_policies (
      account ${TEXT} not null,
      authority ${TEXT} not null,
      policy ${TEXT} not null,
      changed_at ${INT} not null,
      primary key (account, authority),
      ${inAuthority}) ${tableOptions}`,
    `create table policy_principals (
      principal ${TEXT} not null,
      account ${TEXT} not null,
      authority ${TEXT} not null,
      primary key (principal, account, authority),
      foreign key (account, authority) references authority_policies (account, authority) on delete cascade
      ) ${tableOptions}`,
    'create index policy_principals_policy on policy_principals (account, authority)',
    `create table service_permissions (
      account ${TEXT} not null,
      authority ${TEXT} not null,
      principal ${TEXT} not null,
      source_account ${TEXT} not null,
      actions ${TEXT} not null,
      created_at ${INT} not null,
      primary key (account, authority, principal, source_account),
      ${inAuthority}) ${tableOptions}`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const types = {
  sqlite: { INT: 'integer', TEXT: 'text' },
  postgres: { INT: 'bigint', TEXT: 'text collate "C"' },
} satisfies Record<Engine, Record<'INT' | 'TEXT', string>>;
