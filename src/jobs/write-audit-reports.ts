/**
 * Writes the reports that wait, one after another. Who writes one holds it, and holds it on while it lasts: when a
 * server dies, the hold ends and another run, here or elsewhere, begins the report anew.
 */
import type { AuditReport, ReportLayout } from '../core/audit-report.ts';
import type { Clock, ObjectStore, Randomness, ReportWriter } from '../core/ports.ts';
import type { AuditReportReader, Committer } from '../core/store.ts';
import type { Job } from './schedule.ts';

export interface AuditReportNeeds {
  readonly auditReports: AuditReportReader;
  readonly commit: Committer['commit'];
  readonly objects: ObjectStore;
  readonly writer: ReportWriter;
  /** How the front that takes the orders wants the lines. */
  readonly layoutOf: (report: AuditReport) => ReportLayout;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: { warn(fields: object, message: string): void };
}

export const holdMs = 30_000;
/** A report that was begun so often and never ended takes the server down with it: it is given up. */
const mostAttempts = 3;

export function writeAuditReports(needs: AuditReportNeeds): Job {
  const { auditReports, commit, clock, random } = needs;
  const holder = random.uuid();
  return {
    name: 'write-audit-reports',
    intervalMs: 5000,
    firstAfterMs: 0,
    async run(signal) {
      while (!signal.aborted && (await auditReports.isWaiting(clock.now()))) {
        const now = clock.now();
        const taken = await commit('take-audit-report', { holder, now, heldUntil: now + holdMs });
        if (taken === undefined) return;
        await writeOne(needs, holder, taken, signal);
      }
    },
  };
}

async function writeOne(
  { commit, objects, writer, layoutOf, clock, log }: AuditReportNeeds,
  holder: string,
  { report, attempt }: { report: AuditReport; attempt: number },
  stopping: AbortSignal,
): Promise<void> {
  const { id, account, bucket, key, form } = report;
  const end = (failure?: string) =>
    commit('end-audit-report', { id, holder, ...(failure !== undefined && { failure }) });
  const lost = new AbortController();
  const hold = setInterval(() => {
    const heldUntil = clock.now() + holdMs;
    commit('hold-audit-report', { id, holder, heldUntil }).then(
      (isHeld) => isHeld || lost.abort(),
      () => undefined, // the next one comes before the hold has ended
    );
  }, holdMs / 5);
  try {
    if (attempt > mostAttempts) throw new Error(`its writing was interrupted ${mostAttempts} times`);
    const signal = AbortSignal.any([stopping, lost.signal]);
    const body = until(signal, writer.write(report, layoutOf(report)));
    await objects.put({ bucket, key }, { body, contentType: contentTypes[form], access: 'private', signal });
    await end();
  } catch (err) {
    // Let go at once, so that the next start need not wait; the report is begun anew then.
    if (stopping.aborted) return void (await commit('hold-audit-report', { id, holder, heldUntil: 0 }));
    if (lost.signal.aborted) return;
    await end(err instanceof Error ? err.message : 'unknown');
    log.warn({ auditReport: id, account, bucket, err }, 'an audit report could not be written');
  } finally {
    clearInterval(hold);
  }
}

async function* until(signal: AbortSignal, parts: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const part of parts) {
    signal.throwIfAborted();
    yield part;
  }
}

const contentTypes = { csv: 'text/csv', json: 'application/json' } as const;
