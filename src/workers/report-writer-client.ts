/** The main thread's end of a report: a thread that starts with the first part and ends with the last. */
import { Worker } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import type { ReportWriter } from '../core/ports.ts';
import type { ReportPart, ReportWriterStart } from './report-writer-messages.ts';
import { threadEntry } from './thread-entry.ts';
import { errorOf } from './thread-failure.ts';

/** @param url of the store, as `openStore` takes it */
export function reportWriter(url: string): ReportWriter {
  return { write: (report, layout) => partsOf({ url, report, layout }) };
}

/** Asks for a part while the one before is on its way to where it is put. */
async function* partsOf(workerData: ReportWriterStart): AsyncIterable<Uint8Array> {
  const thread = new Worker(threadEntry('report-writer'), { name: 'report-writer', workerData, resourceLimits });
  try {
    for (let next = ask(thread); ; ) {
      const part = await next;
      if ('isEnd' in part) return;
      if (!('octets' in part)) throw errorOf('report-writer', part);
      next = ask(thread);
      next.catch(() => undefined); // heard when it is awaited, or nobody wants it any more
      yield part.octets;
    }
  } finally {
    await thread.terminate();
  }
}

/** It holds one page at a time: without limits its garbage would take as much again before it is collected. */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

function ask(thread: Worker): Promise<ReportPart> {
  return new Promise((resolve, reject) => {
    const answered = (part: ReportPart) => {
      settle();
      resolve(part);
    };
    const broken = (cause: unknown) => {
      settle();
      const reason = cause instanceof Error ? cause.message : 'it ended without a word';
      reject(new Fault('unavailable', `the writer of reports stopped: ${reason}`, { what: 'audit report' }));
    };
    const settle = () => thread.off('message', answered).off('error', broken).off('exit', broken);
    thread.on('message', answered).on('error', broken).on('exit', broken);
    thread.postMessage('more');
  });
}
