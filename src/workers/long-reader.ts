/** The thread of the long reads: a read-only connection of its own, one question after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { readersOver } from '../store/readers/readers.ts';
import { workOver } from '../store/sqlite/group-commit.ts';
import { answer } from '../store/sqlite/long-reads.ts';
import { SqliteSession } from '../store/sqlite/session.ts';
import type { LongReaderStart, NumberedAnswer, NumberedQuestion } from './long-reader-messages.ts';
import { failureOf } from './thread-failure.ts';
import { ownedValue } from './writer-octets.ts';

const start: LongReaderStart = workerData;
const readers = readersOver(workOver(new SqliteSession(start.file, { readOnly: true })));

parentPort?.on('message', ({ number, question }: NumberedQuestion) => {
  const say = (given: NumberedAnswer['answer']) => parentPort?.postMessage({ number, answer: given });
  answer(readers, question).then(
    (found) => say({ found: ownedValue(found) }),
    (cause: unknown) => say(failureOf(cause)),
  );
});
