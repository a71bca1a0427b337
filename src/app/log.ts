import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from './config.ts';

export interface ServerLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** Writes what is held back; called before the process ends. */
  flush(): void;
}

/**
 * Structured log lines, JSON, on standard error, gathered into larger writes and written at least twice a second.
 * Fields come only from `perform`, the jobs and the start; none of them holds a body, a header or a secret.
 */
export function openLog(level: LogLevel): ServerLog {
  const stream = pino.destination({ dest: 2, sync: false, minLength: 4096 });
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream satisfies DestinationStream);
  const timer = setInterval(() => stream.flush(), 500);
  timer.unref();
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
    flush: () => stream.flushSync(),
  };
}
