/** What the long reader and the main thread say to each other: one question, one answer, matched by a number. */
import type { Question } from '../store/sqlite/long-reads.ts';
import type { ThreadFailure } from './thread-failure.ts';

export interface LongReaderStart {
  /** The SQLite file; its schema is up to date. */
  readonly file: string;
}

export interface NumberedQuestion {
  readonly number: number;
  readonly question: Question;
}

export interface NumberedAnswer {
  readonly number: number;
  readonly answer: { readonly found: unknown } | ThreadFailure;
}
