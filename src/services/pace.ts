/**
 * How long the work of a real service seems to take. Nothing here waits for it: what is asked for is done and durable
 * before the answer, and only shown as unfinished while the clock has not passed the stored moment plus this time. So
 * there are no timers, and a restart changes nothing.
 */
export interface Pace {
  /** An authority made through AWS is shown as being created for so long. */
  readonly creatingMs: number;
  /** A certificate of AWS Private CA's IssueCertificate is shown as being issued for so long. */
  readonly issuingMs: number;
  /** An audit report is shown as being made for so long. */
  readonly reportingMs: number;
}

export const paces = {
  prompt: { creatingMs: 0, issuingMs: 0, reportingMs: 0 },
  aws: { creatingMs: 5000, issuingMs: 2000, reportingMs: 5000 },
} as const satisfies Record<string, Pace>;

export type PaceName = keyof typeof paces;

export const paceNames = ['prompt', 'aws'] as const satisfies readonly PaceName[];

/** Whether what began at a moment is still to be shown as unfinished. */
export function isUnderWay(since: number, lastsMs: number, now: number): boolean {
  return lastsMs > 0 && now < since + lastsMs;
}
