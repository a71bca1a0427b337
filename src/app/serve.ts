import { Fault } from '../core/fault.ts';
import { BadConfiguration } from './bad-configuration.ts';
import type { StartWriter } from '../store/sqlite/writer.ts';
import { warmWriter } from '../workers/writer-client.ts';
import { type Config, readConfig } from './config.ts';
import { readEnvironment, secretVariables } from './env.ts';
import { greeting } from './greeting.ts';
import { openLog, type ServerLog } from './log.ts';
import type { RunningServer } from './server.ts';
import { surroundings } from './surroundings.ts';
import { holdYoungGeneration } from './young-generation.ts';

/**
 * Runs a server until SIGTERM or SIGINT; SIGHUP reads the TLS files again. Sets the exit code: 0 after an orderly
 * stop, 1 when the start was refused, with one sentence on standard error that says why.
 * Takes what is secret out of `variables`, which is the process's own environment: threads and children inherit it, and
 * a diagnostic report prints it.
 */
export async function serve(variables: Record<string, string | undefined>): Promise<void> {
  process.umask(0o077);
  const wish = stopWish(); // before anything is printed: who reads the greeting may send a signal at once
  try {
    const config = readConfig(readEnvironment(variables), surroundings());
    for (const name of secretVariables) delete variables[name];
    const log = openLog(config.logLevel);
    const server = await start(config, log);
    process.on('SIGHUP', () => server.reloadTls());
    greet(config, server);
    await wish;
    process.exitCode = await stop(server, log);
  } catch (cause) {
    if (!(cause instanceof BadConfiguration || cause instanceof Fault || isSystemError(cause))) throw cause;
    console.error(`chancery: ${cause.message}`);
    process.exitCode = 1;
  }
  process.exit();
}

/** Resolves with the first SIGTERM or SIGINT; a second one ends the process at once, as the system does. */
function stopWish(): Promise<void> {
  return new Promise((resolve) => {
    const asked = () => {
      process.off('SIGTERM', asked).off('SIGINT', asked);
      resolve();
    };
    process.on('SIGTERM', asked).on('SIGINT', asked);
  });
}

async function start(config: Config, log: ServerLog): Promise<RunningServer> {
  const letGrow = holdYoungGeneration();
  // The writer's thread loads its code while this one loads the rest: a fifth of the time to the first answer.
  const startWriter = config.database.kind === 'sqlite' ? warmWriter(config.database.file) : noWriter;
  const { startServer } = await import('./server.ts');
  return startServer(config, log, startWriter).finally(letGrow);
}

/** The new secret goes only to a terminal: elsewhere it would end in a service's log. */
function greet(config: Config, server: RunningServer): void {
  const { madeKey } = server;
  const secret = madeKey !== undefined && process.stdout.isTTY ? new TextDecoder().decode(madeKey.secret) : undefined;
  console.log(greeting(config, server, secret));
  madeKey?.secret.fill(0);
}

/** Gives the exit code. */
async function stop(server: RunningServer, log: ServerLog): Promise<number> {
  try {
    await server.close();
    return 0;
  } catch (err) {
    log.error({ err }, 'the stop failed');
    return 1;
  } finally {
    log.flush();
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
