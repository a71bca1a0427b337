/**
 * The thread of one report: reads what an authority signed page by page on a connection of its own, and gives it as
 * text, a part each time that it is asked. It holds one page and one part, however long the report is.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { SerialNumber } from '../core/ids.ts';
import { openReaders } from '../store/open-readers.ts';
import { reportText } from './report-lines.ts';
import type { ReportPart, ReportWriterStart } from './report-writer-messages.ts';
import { failureOf } from './thread-failure.ts';

const pageSize = 500;
const partSize = 256 * 1024;
const encoder = new TextEncoder();

const start: ReportWriterStart = workerData;
const { readers, close } = openReaders(start.url);
const parts = partsOf(start);

parentPort?.on('message', () => {
  parts.next().then(
    ({ done, value }) => say(done === true ? { isEnd: true } : { octets: value }),
    (cause: unknown) => say(failureOf(cause)),
  );
});

async function* partsOf({ report, layout }: ReportWriterStart): AsyncGenerator<Uint8Array> {
  const { account, authority, createdAt: until } = report;
  const { head, lineOf, tail } = reportText(layout);
  let text = head;
  let after: SerialNumber | undefined;
  for (;;) {
    const page = await readers.issued.signedBy(account, authority, {
      until,
      limit: pageSize,
      ...(after && { after }),
    });
    for (const [at, certificate] of page.entries()) {
      text += lineOf(certificate, after === undefined && at === 0);
      // Within the page too: whoever may issue decides how long its lines are.
      if (text.length < partSize) continue;
      yield encoder.encode(text);
      text = '';
    }
    after = page.at(-1)?.serial ?? after;
    if (page.length < pageSize) break;
  }
  await close();
  yield encoder.encode(text + tail);
}

/** The octets move to the other thread: nothing is copied. */
function say(part: ReportPart): void {
  parentPort?.postMessage(part, 'octets' in part ? [part.octets.buffer as ArrayBuffer] : []); // TextEncoder's own memory
}
