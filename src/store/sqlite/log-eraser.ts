import type { CommandName } from '../../core/commands.ts';
import type { SqliteSession } from './session.ts';

/**
 * Takes destroyed keys out of the write-ahead log too. A deleted row is overwritten in its page (`secure_delete`), but
 * the log keeps earlier pages until it is begun anew, which may take days: after a command that destroys a key it is
 * copied into the file and emptied. Not while a long read or a backup needs it: then later.
 */
export class LogEraser {
  readonly #session: SqliteSession;
  #isWanted = false;
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param session the writer's; no transaction is open between its groups */
  constructor(session: SqliteSession) {
    this.#session = session;
  }

  /** Called with each group that was committed and answered: issuing never waits for more than its own turn. */
  afterGroup(orders: readonly { readonly name: CommandName }[]): void {
    if (orders.some(({ name }) => name === 'purge-authority' || name === 'delete-managed')) this.#isWanted = true;
    if (this.#isWanted) this.#eraseWhenDue();
  }

  /** Before the session is closed. */
  close(): void {
    clearTimeout(this.#timer);
    if (this.#isWanted) this.#session.emptyLog();
  }

  /** By the clock as well as after each group: a busy writer has no time for timers, an idle one has no groups. */
  #eraseWhenDue(): void {
    const wait = this.#notBefore - performance.now();
    if (wait <= 0) {
      this.#isWanted = !this.#session.emptyLog();
      this.#notBefore = performance.now() + pauseMs;
    }
    clearTimeout(this.#timer);
    if (!this.#isWanted) return;
    this.#timer = setTimeout(() => this.#eraseWhenDue(), Math.max(wait, 0) || pauseMs);
    this.#timer.unref();
  }
}

/** Many deletions in a row share one emptying. */
const pauseMs = 1000;
