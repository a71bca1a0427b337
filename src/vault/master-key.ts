/**
 * The key above all others: it wraps data keys and seals small secrets, and never leaves its KeyObject.
 * A KeyObject may be given to a worker thread: both then hold the same octets, and no copy passes through a message.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { Fault } from '../core/fault.ts';

export const masterKeyLength = 32;

/** What crosses to a worker thread as `workerData`. */
export interface MasterKeyHandle {
  readonly version: number;
  readonly key: KeyObject;
}

export class MasterKey {
  /** Counts replacements; stands in every row that this key sealed. */
  readonly version: number;
  /** Eight octets in hexadecimal that tell this key from another and say nothing else about it. */
  readonly checkValue: string;
  readonly #key: KeyObject;

  private constructor(version: number, key: KeyObject) {
    this.version = version;
    this.#key = key;
    this.checkValue = createHmac('sha256', key).update('chancery master key check 1').digest('hex').slice(0, 16);
  }

  /** Takes 32 octets over and wipes them. */
  static take(version: number, octets: Uint8Array): MasterKey {
    try {
      if (octets.length !== masterKeyLength) {
        throw new Fault('invalid', `a master key has ${masterKeyLength} octets, found ${octets.length}`, {
          what: 'master key',
        });
      }
      return new MasterKey(version, createSecretKey(octets));
    } finally {
      octets.fill(0);
    }
  }

  /** In a worker: the key that the main thread handed over. */
  static fromHandle({ version, key }: MasterKeyHandle): MasterKey {
    return new MasterKey(version, key);
  }

  /** For a worker thread of this process only. */
  handle(): MasterKeyHandle {
    return { version: this.version, key: this.#key };
  }

  /** 32 octets for another purpose: the same on every server with this key, and of no use to find the key. */
  derive(purpose: string): Uint8Array {
    return createHmac('sha256', this.#key).update(`chancery derived key 1: ${purpose}`).digest();
  }

  /** The key itself, for the seals of this room. */
  get key(): KeyObject {
    return this.#key;
  }

  toString(): string {
    return '[master key]';
  }

  toJSON(): string {
    return '[master key]';
  }

  [inspect.custom](): string {
    return '[master key]';
  }
}
