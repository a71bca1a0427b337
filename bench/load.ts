/**
 * The load generator: a process of its own that sends prepared requests over keep-alive connections in a closed loop
 * (each connection asks again when it has its answer) and reports rate and latencies. Reads one job as JSON on
 * standard input, prints one JSON line.
 */
import { connect, type Socket } from 'node:net';

export interface LoadJob {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
  /** Whole HTTP requests, base64; taken in turn. */
  readonly requests: readonly string[];
}

export interface LoadReport {
  readonly perSecond: number;
  readonly answered: number;
  readonly failed: number;
  readonly firstFailure?: string;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

if (process.argv[1]?.endsWith('load.ts') === true) {
  let text = '';
  for await (const part of process.stdin) text += String(part);
  const job: LoadJob = JSON.parse(text);
  console.log(JSON.stringify(await generate(job)));
}

async function generate(job: LoadJob): Promise<LoadReport> {
  const requests = job.requests.map((request) => Buffer.from(request, 'base64'));
  const counts = { next: 0, failed: 0, firstFailure: undefined as string | undefined };
  const latencies: number[] = [];
  const start = performance.now();
  const measureFrom = start + job.warmupSeconds * 1000;
  const end = measureFrom + job.seconds * 1000;
  await Promise.all(Array.from({ length: job.connections }, () => drive()));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    perSecond: latencies.length / job.seconds,
    answered: latencies.length,
    failed: counts.failed,
    firstFailure: counts.firstFailure,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
  };

  function drive(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket: Socket = connect(job.port, '127.0.0.1');
      socket.setNoDelay(true);
      let sentAt = 0;
      let held: Buffer = Buffer.alloc(0);
      const send = () => {
        sentAt = performance.now();
        if (sentAt >= end) {
          socket.destroy();
          resolve();
          return;
        }
        const request = requests[counts.next % requests.length];
        counts.next += 1;
        if (request !== undefined) socket.write(request);
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (part: Buffer) => {
        held = held.length === 0 ? part : Buffer.concat([held, part]);
        const answer = wholeAnswer(held);
        if (answer === undefined) return;
        const now = performance.now();
        if (sentAt >= measureFrom && now <= end) latencies.push(now - sentAt);
        if (answer.status >= 300) {
          counts.failed += 1;
          counts.firstFailure ??= held.toString('latin1').slice(0, 600);
        }
        held = Buffer.alloc(0);
        send();
      });
    });
  }
}

/** Status of a complete answer with a Content-Length, or undefined while it is incomplete. */
function wholeAnswer(bytes: Buffer): { status: number } | undefined {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const text = bytes.toString('latin1', 0, head);
  const status = Number(text.slice(9, 12));
  const length = status === 204 ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
  return bytes.length >= head + 4 + length ? { status } : undefined;
}
