/** The faults that every noun's commands share. */
import { Fault } from '../core/fault.ts';

/** Throws Fault `not-found` when an update or delete touched no row. */
export function assertTouched(rows: readonly unknown[], what: string, id: string): void {
  if (rows.length === 0) throw new Fault('not-found', `there is no ${what} ${id}`, { what, id });
}

/** Throws Fault `already-exists` when an insert was skipped because of an equal key. */
export function assertAbsent(inserted: readonly unknown[], what: string, id?: string): void {
  if (inserted.length === 0) throw alreadyExists(what, id);
}

export function alreadyExists(what: string, id?: string): Fault {
  const named = id === undefined ? `this ${what}` : `${what} ${id}`;
  return new Fault('already-exists', `${named} exists already`, id === undefined ? { what } : { what, id });
}

/** Fault `conflict`: the stored version is not the one that the change was made for. */
export function versionConflict(what: string, id: string, expected: number, found: number | undefined): Fault {
  const is = found === undefined ? 'it is not there' : `it has version ${found}`;
  return new Fault('conflict', `${what} ${id} was changed meanwhile: version ${expected} was expected, ${is}`, {
    what,
    id,
    reason: 'version',
  });
}
