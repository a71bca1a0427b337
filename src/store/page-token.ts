import { Fault } from '../core/fault.ts';
import type { EpochMs } from '../core/ids.ts';

/** Where a keyset page by (createdAt, id) begins: after this row. */
export interface PagePosition {
  readonly createdAt: EpochMs;
  readonly id: string;
}

export function writePosition({ createdAt, id }: PagePosition): string {
  return `${createdAt}.${id}`;
}

/** Throws Fault `invalid` on what `writePosition` did not write. */
export function readPosition(text: string): PagePosition {
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text);
  const [, createdAt, id] = match ?? [];
  if (createdAt === undefined || id === undefined) {
    throw new Fault('invalid', 'the page position is not one that a list gave', { what: 'page' });
  }
  return { createdAt: Number(createdAt), id };
}
