import { Fault } from '../core/fault.ts';
import { BadConfiguration } from './bad-configuration.ts';
import type { StartWriter } from '../store/sqlite/writer.ts';
import { warmWriter } from '../workers/writer-client.ts';
import { readConfig } from './config.ts';
import { readEnvironment } from './env.ts';
import { openLog } from './log.ts';
import { surroundings } from './surroundings.ts';

/**
 * Runs a server until SIGTERM or SIGINT; SIGHUP reads the TLS files again. Sets the exit code: 0 after an orderly
 * stop, 1 when the start was refused, with one sentence on standard error that says why.
 */
export async function serve(variables: Readonly<Record<string, string | undefined>>): Promise<void> {
  process.umask(0o077);
  try {
    const config = readConfig(readEnvironment(variables), surroundings());
    const log = openLog(config.logLevel);
    // The writer's thread loads its code while this one loads the rest: a fifth of the time to the first answer.
    const startWriter = config.database.kind === 'sqlite' ? warmWriter(config.database.file) : noWriter;
    const { startServer } = await import('./server.ts');
    const { greeting } = await import('./greeting.ts');
    const server = await startServer(config, log, startWriter);
    const { madeKey } = server;
    const secret = madeKey !== undefined && process.stdout.isTTY ? new TextDecoder().decode(madeKey.secret) : undefined;
    console.log(greeting(config, server, secret));
    madeKey?.secret.fill(0);
    process.on('SIGHUP', () => server.reloadTls());
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        server.close().then(
          () => {
            log.flush();
            process.exit(0);
          },
          (err: unknown) => {
            log.error({ err }, 'the stop failed');
            log.flush();
            process.exit(1);
          },
        );
      });
    }
  } catch (cause) {
    if (!(cause instanceof BadConfiguration || cause instanceof Fault || isSystemError(cause))) throw cause;
    console.error(`chancery: ${cause.message}`);
    process.exitCode = 1;
    process.exit();
  }
}

/** PostgreSQL is its own writer. */
const noWriter: StartWriter = async () => {
  throw new Error('only SQLite has a writer');
};

/** An address in use, a folder that may not be written: the operator's to mend, not a bug. */
function isSystemError(cause: unknown): cause is Error {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && /^E[A-Z]+$/.test(cause.code);
}
