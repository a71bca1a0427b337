/** Bodies for tests of object stores. */
import { randomBytes } from 'node:crypto';

export async function* bodyOf(...parts: readonly (string | Uint8Array)[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

/** Breaks off after some octets. */
export async function* brokenBody(): AsyncIterable<Uint8Array> {
  yield randomBytes(100);
  throw new Error('the source broke off');
}

export async function octetsOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}
