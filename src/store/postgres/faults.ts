import { Fault } from '../../core/fault.ts';

/** The domain's word for an SQLSTATE (PostgreSQL manual, appendix A); anything else comes back as it is. */
export function faultOfPostgres(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (code === '23505') return new Fault('already-exists', 'a row with the same key exists already');
  if (code === '40001' || code === '40P01') {
    return new Fault('conflict', 'another change came at the same time, try again', { reason: 'serialization' });
  }
  if (code === '22021') return new Fault('invalid', 'a text holds a NUL character, which the database cannot store');
  const isAway = awayCodes.some((start) => code.startsWith(start)) || cause.message.startsWith('Connection terminated');
  return isAway ? new Fault('unavailable', `the database does not answer: ${cause.message}`) : cause;
}

/** Connection exceptions, out of resources, shutting down, read-only; and what the socket says. */
const awayCodes = ['08', '53', '57P', '25006', 'ECONN', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT'];
