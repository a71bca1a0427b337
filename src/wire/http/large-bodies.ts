import type { IncomingMessage } from 'node:http';

/** A body that every request but an import fits into. */
const ordinary = 64 * 1024;
/** Large ones that may be on their way at a time: with 4 MiB each, 256 MiB. */
export const mostLargeBodies = 64;
/** Connections of a listener: with ordinary bodies, another 256 MiB. */
export const mostConnections = 4096;

/**
 * Bounds the memory that strangers can make a listener hold, since a body is read before its signature can be
 * checked. Ordinary requests never wait for large ones, so that whoever holds all the places stops imports at most.
 */
export class LargeBodies {
  #open = 0;

  /** False when there is no place for this request's body. A place is given back when the request's connection ends it. */
  admit(request: IncomingMessage, ended: (release: () => void) => void): boolean {
    if (!isLarge(request)) return true;
    if (this.#open >= mostLargeBodies) return false;
    this.#open += 1;
    ended(() => {
      this.#open -= 1;
    });
    return true;
  }
}

/** By its announced length; one in chunks announces none. */
function isLarge({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return length === undefined ? headers['transfer-encoding'] !== undefined : Number(length) > ordinary;
}
