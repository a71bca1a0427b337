/** The threads that start while a test runs, in order: for tests that listen in or kill one. */
import type { TestContext } from 'node:test';
import type { Worker } from 'node:worker_threads';

export function threadsOf(t: TestContext): Worker[] {
  const threads: Worker[] = [];
  const note = (thread: Worker) => void threads.push(thread);
  process.on('worker', note);
  t.after(() => void process.off('worker', note));
  return threads;
}
