import type { CommandName, Commands } from '../../core/commands.ts';
import type { Work } from '../work.ts';

/** Runs inside one transaction (SQLite: a savepoint of one); throws a Fault when nothing of it may stay. */
export type Command<Name extends CommandName> = (
  work: Work,
  input: Commands[Name]['in'],
) => Promise<Commands[Name]['out']>;
