import { Fault } from '../../core/fault.ts';

/** The domain's word for what SQLite says; anything else comes back as it is. Codes: sqlite.org/rescode.html. */
export function faultOfSqlite(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('errcode' in cause) || typeof cause.errcode !== 'number') return cause;
  if (cause.errcode === 1555 || cause.errcode === 2067) {
    return new Fault('already-exists', 'a row with the same key exists already');
  }
  const primary = cause.errcode & 0xff;
  return primary in unavailable
    ? new Fault('unavailable', `the database does not take writes: ${cause.message}`)
    : cause;
}

/** Primary result codes after which a later try may succeed. */
const unavailable: Record<number, string> = {
  5: 'busy',
  6: 'locked',
  8: 'read-only',
  10: 'I/O error',
  13: 'disk full',
};
