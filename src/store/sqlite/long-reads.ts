/**
 * The reads whose time grows with the number of rows: lists by row number with their totals, searches and sorts without
 * an index. A server gives them to a thread with a connection of its own, so that nobody's list stops everybody.
 */
import type { AuthorityReader, IssuedCertificateReader, ManagedCertificateReader } from '../../core/store.ts';
import type { Readers } from '../readers/readers.ts';

export interface LongReads {
  'authorities.slice': AuthorityReader['slice'];
  'issued.slice': IssuedCertificateReader['slice'];
  'issued.count': IssuedCertificateReader['count'];
  'issued.countOf': IssuedCertificateReader['countOf'];
  'managed.slice': ManagedCertificateReader['slice'];
}

export type LongReadName = keyof LongReads;

/** A read as plain data, for a message. */
export interface Question<Name extends LongReadName = LongReadName> {
  readonly name: Name;
  readonly values: Parameters<LongReads[Name]>;
}

/** Whoever answers them. Rejects with what the reader throws. */
export interface LongReader {
  ask<Name extends LongReadName>(name: Name, ...values: Parameters<LongReads[Name]>): ReturnType<LongReads[Name]>;
  close(): Promise<void>;
}

/** Makes one for a file whose schema is up to date; nothing is opened before the first question. */
export type StartLongReader = (file: string) => LongReader;

/** The readers with their long reads handed over. */
export function withLongReads(readers: Readers, long: LongReader): Readers {
  const { authorities, issued, managed } = readers;
  return {
    ...readers,
    authorities: { ...authorities, slice: (...values) => long.ask('authorities.slice', ...values) },
    issued: {
      ...issued,
      slice: (...values) => long.ask('issued.slice', ...values),
      count: (...values) => long.ask('issued.count', ...values),
      countOf: (...values) => long.ask('issued.countOf', ...values),
    },
    managed: { ...managed, slice: (...values) => long.ask('managed.slice', ...values) },
  };
}

type Reads = {
  readonly [Name in LongReadName]: (...values: Parameters<LongReads[Name]>) => ReturnType<LongReads[Name]>;
};

/** Answers a question with readers of the thread that it came to. */
export function answer<Name extends LongReadName>(
  { authorities, issued, managed }: Readers,
  { name, values }: Question<Name>,
): ReturnType<LongReads[Name]> {
  const reads: Reads = {
    'authorities.slice': authorities.slice,
    'issued.slice': issued.slice,
    'issued.count': issued.count,
    'issued.countOf': issued.countOf,
    'managed.slice': managed.slice,
  };
  return reads[name](...values);
}
