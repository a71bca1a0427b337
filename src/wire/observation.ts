/** One performed operation, for metrics. Names come from the catalogue, so their number is bounded. */
export interface Observation {
  readonly front: string;
  /** `unknown` when no operation of that name is there. */
  readonly operation: string;
  /** `ok`; `refused` by a Refusal or Fault; `failed` by a bug or a broken part. */
  readonly outcome: 'ok' | 'refused' | 'failed';
  readonly ms: number;
}

export type Observe = (observation: Observation) => void;

/** The part of a pino logger that wire uses. Fields never hold bodies, authorization headers or secrets. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
