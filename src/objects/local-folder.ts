import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import type { BucketName, ObjectPlace } from '../core/object.ts';
import type { LocalObjects, NewObject, ObjectStore } from '../core/ports.ts';
import { contentTypeOf } from './content-type.ts';

/**
 * Buckets as folders of one folder, keys as paths below. A bucket is made when it is first used. Everything is 0700
 * and 0600; what is half written lies in a folder whose name no bucket can have, a day at most.
 */
export class LocalFolder implements ObjectStore {
  readonly local: LocalObjects;
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    this.local = { root, find: (place) => this.#find(place) };
  }

  /**
   * Every valid name is a bucket, and is made for its first object: asking for one leaves nothing behind, or whoever
   * asks for many would fill the disk with folders.
   */
  async checkBucket(bucket: BucketName): Promise<void> {
    const found = await look(join(this.#root, bucket));
    if (found !== undefined && !found.isDirectory()) throw inTheWay(bucket);
  }

  async put({ bucket, key }: ObjectPlace, { body }: NewObject): Promise<void> {
    const path = [bucket, ...key.split('/')];
    const name = path.pop() ?? '';
    const arriving = await this.#folderOf([incoming], 'make');
    await removeForgotten(arriving);
    const temporary = join(arriving, randomUUID());
    try {
      await writeWhole(temporary, body);
      const folder = await this.#folderOf(path, 'make');
      await rename(temporary, join(folder, name)).catch((cause: unknown) => {
        throw isTaken(cause) ? inTheWay(bucket) : cause;
      });
      await syncFolder(folder);
    } catch (cause) {
      await rm(temporary, { force: true });
      throw cause;
    }
  }

  async #find({ bucket, key }: ObjectPlace) {
    const path = [bucket, ...key.split('/')];
    const name = path.pop() ?? '';
    const folder = await this.#folderOf(path, 'look');
    if (folder === undefined) return undefined;
    const file = join(folder, name);
    const found = await look(file);
    if (found?.isFile() !== true) return undefined;
    return {
      size: found.size,
      contentType: contentTypeOf(name),
      read: () => readWhole(file),
    };
  }

  /**
   * The folder at a path below the root. Each step must be a folder and no link: a link would lead outside. `look`
   * gives undefined where a step is missing.
   */
  async #folderOf(path: readonly string[], want: 'make'): Promise<string>;
  async #folderOf(path: readonly string[], want: 'make' | 'look'): Promise<string | undefined>;
  async #folderOf(path: readonly string[], want: 'make' | 'look'): Promise<string | undefined> {
    if (want === 'make') await mkdir(this.#root, { recursive: true, mode: 0o700 });
    let folder = this.#root;
    for (const step of path) {
      const above = folder;
      folder = join(above, step);
      if ((await look(folder)) === undefined) {
        if (want === 'look') return undefined;
        await mkdir(folder, { mode: 0o700, recursive: true });
        await syncFolder(above);
      }
      if ((await look(folder))?.isDirectory() === true) continue;
      if (want === 'look') return undefined;
      throw inTheWay(path[0] ?? '');
    }
    return folder;
  }
}

/** No bucket's name begins with a dot. */
const incoming = '.incoming';

/** What a server that died was writing: nothing takes a day. */
async function removeForgotten(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const found = await look(file); // another server's may be gone by now
    if (found !== undefined && Date.now() - found.mtimeMs > dayMs) await rm(file, { force: true });
  }
}

const dayMs = 86_400_000;

async function writeWhole(file: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const part of body) await handle.writeFile(part); // from where the last one ended
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* readWhole(file: string): AsyncIterable<Uint8Array> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    for await (const part of handle.createReadStream({ autoClose: false })) yield part;
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle: FileHandle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** What is at a path, a link as itself; undefined when nothing is. */
async function look(path: string) {
  try {
    return await lstat(path);
  } catch (cause) {
    if (hasCode(cause, ['ENOENT', 'ENOTDIR'])) return undefined;
    throw cause;
  }
}

function isTaken(cause: unknown): boolean {
  return hasCode(cause, ['EISDIR', 'ENOTEMPTY', 'EEXIST']);
}

function hasCode(cause: unknown, codes: readonly string[]): boolean {
  return cause instanceof Error && 'code' in cause && codes.includes(String(cause.code));
}

function inTheWay(bucket: string): Fault {
  return new Fault('failed', 'something that is no folder of ours is in the way of the object', {
    what: 'bucket',
    id: bucket,
  });
}
