/**
 * What the writer and the main thread say to each other: batches of orders one way, batches of outcomes the other, in
 * the same order, so neither carries a number. Each batch of outcomes is one commit.
 */
import type { Order, Outcome } from '../store/sqlite/group-commit.ts';

export interface WriterStart {
  /** The SQLite file; its schema is up to date. */
  readonly file: string;
}

export type WriterRequest = readonly Order[] | 'close';
export type WriterAnswer = readonly Outcome[];
