import { Fault } from '../core/fault.ts';
import { BadConfiguration } from './bad-configuration.ts';
import { readConfig } from './config.ts';
import { readEnvironment } from './env.ts';
import { greeting } from './greeting.ts';
import { openLog } from './log.ts';
import { startServer } from './server.ts';
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
    const server = await startServer(config, log);
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

/** An address in use, a folder that may not be written: the operator's to mend, not a bug. */
function isSystemError(cause: unknown): cause is Error {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && /^E[A-Z]+$/.test(cause.code);
}
