import { Fault } from '../../core/fault.ts';

/** What every check of this folder throws; the message says what was found and what was expected. */
export function weakKey(message: string): Fault {
  return new Fault('invalid', message, { what: 'public key', reason: 'weak-key' });
}
