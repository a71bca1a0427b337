/**
 * The writer thread: the only connection that changes the SQLite file. It takes all orders that have come in, commits
 * them as one group, and only then answers them; meanwhile the next group gathers. While it waits for the disk, the
 * main thread goes on. Ends when it is asked to close, after all that came before.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { commitGroup, largestGroup, type Order } from '../store/sqlite/group-commit.ts';
import { LogEraser } from '../store/sqlite/log-eraser.ts';
import { SqliteSession } from '../store/sqlite/session.ts';
import type { WriterAnswer, WriterRequest, WriterStart } from './writer-messages.ts';

const start: WriterStart = workerData;
/** Opened with the first order: by then the file is locked for this server and its schema is up to date. */
let session: SqliteSession | undefined;
let eraser: LogEraser | undefined;
const port = parentPort;
let waiting: Order[] = [];
let isClosing = false;
let isRunning = false;

port?.on('message', (request: WriterRequest) => {
  take(request);
  if (!isRunning) void run();
});

async function run(): Promise<void> {
  isRunning = true;
  for (drain(); waiting.length > 0; drain()) {
    const group = waiting.slice(0, largestGroup);
    waiting = waiting.slice(largestGroup);
    session ??= new SqliteSession(start.file, { readOnly: false });
    eraser ??= new LogEraser(session);
    const outcomes: WriterAnswer = await commitGroup(session, group);
    port?.postMessage(outcomes);
    eraser.afterGroup(group);
  }
  isRunning = false;
  if (!isClosing) return;
  eraser?.close();
  session?.close();
  port?.close();
}

/** Takes what came in while the last group was written. */
function drain(): void {
  while (port !== null) {
    const next: { message: WriterRequest } | undefined = receiveMessageOnPort(port);
    if (next === undefined) return;
    take(next.message);
  }
}

function take(request: WriterRequest): void {
  if (request === 'close') isClosing = true;
  else waiting.push(...request);
}
