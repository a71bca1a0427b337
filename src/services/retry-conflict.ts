import { Fault } from '../core/fault.ts';

const attempts = 4;

/**
 * Runs a step that reads a version and commits under it, again when somebody else was faster.
 * The last conflict is thrown as it is: Fault `conflict`.
 */
export async function retryConflict<Result>(step: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (cause) {
      if (!(cause instanceof Fault) || cause.kind !== 'conflict' || attempt === attempts) throw cause;
    }
  }
}
