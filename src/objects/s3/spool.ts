import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** A body whose length and hash are known, as S3 wants them before the first octet. */
export interface Spooled {
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** From the beginning, as often as needed. */
  read(): Readable;
  close(): Promise<void>;
}

/** Writes the body into a file that loses its name at once: whatever happens to the process, nothing is left. */
export async function spool(folder: string, body: AsyncIterable<Uint8Array>): Promise<Spooled> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = join(folder, `.outgoing-${randomUUID()}`);
  const file = await open(name, 'wx+', 0o600);
  try {
    await rm(name);
    const hash = createHash('sha256');
    let size = 0;
    for await (const part of body) {
      hash.update(part);
      size += part.length;
      await file.writeFile(part); // from where the last one ended
    }
    return {
      size,
      sha256: hash.digest('hex'),
      read: () => Readable.from(partsOf(file), { objectMode: false }),
      close: () => file.close(),
    };
  } catch (cause) {
    await file.close();
    throw cause;
  }
}

/** By position, so that a reader that is given up leaves the file open for the next one. */
async function* partsOf(file: FileHandle): AsyncIterable<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(partSize), 0, partSize, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const partSize = 256 * 1024;
