import { Fault } from '../../core/fault.ts';
import type { BucketName, ObjectPlace } from '../../core/object.ts';
import type { NewObject, ObjectStore, StopSignal } from '../../core/ports.ts';
import { faultOf } from './faults.ts';
import { send, type S3Limits, usualLimits } from './send.ts';
import { emptyHash, signedHeaders } from './signature.ts';
import { spool, type Spooled } from './spool.ts';

/** The operator's S3-compatible service, addressed by path. */
export interface S3Endpoint {
  /** Scheme, host and port. */
  readonly url: URL;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secret: Uint8Array;
  /** All that may be named: the key is the operator's, and may reach what no account of this server should. */
  readonly buckets: ReadonlySet<BucketName>;
  readonly limits?: S3Limits;
}

/** Buckets must be there already; an object is one PUT, so that it appears whole. */
export class S3Store implements ObjectStore {
  readonly #endpoint: S3Endpoint;
  readonly #limits: S3Limits;
  readonly #folder: string;

  /** @param folder for what is on its way */
  constructor(endpoint: S3Endpoint, folder: string) {
    this.#endpoint = endpoint;
    this.#limits = endpoint.limits ?? usualLimits;
    this.#folder = folder;
  }

  async checkBucket(bucket: BucketName): Promise<void> {
    this.#assertAllowed(bucket);
    const answer = await this.#send('HEAD', `/${bucket}`, {}, emptyHash);
    if (answer.status !== 200) throw faultOf(answer, bucket);
  }

  async put({ bucket, key }: ObjectPlace, { body, contentType, access, signal }: NewObject): Promise<void> {
    this.#assertAllowed(bucket);
    const spooled = await spool(this.#folder, body);
    try {
      // Without the header the bucket's own rules hold, which is what a bucket that refuses ACLs accepts.
      const acl: Record<string, string> = access === 'private' ? {} : { 'x-amz-acl': access };
      const headers = { 'content-type': contentType, 'content-length': String(spooled.size), ...acl };
      const path = `/${bucket}/${escapedKey(key)}`;
      await this.#again(bucket, signal, () => this.#send('PUT', path, headers, spooled.sha256, { spooled, signal }));
    } finally {
      await spooled.close();
    }
  }

  /** Before anything is asked: which other buckets there are is nobody's business. */
  #assertAllowed(bucket: BucketName): void {
    if (this.#endpoint.buckets.has(bucket)) return;
    throw new Fault('forbidden', `bucket ${bucket} is none of the buckets that this server may use`, {
      what: 'bucket',
      id: bucket,
    });
  }

  /** A failure of the network or of the service itself is tried again. */
  async #again(bucket: BucketName, signal: StopSignal | undefined, put: () => ReturnType<typeof send>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const problem = await put().then(
        (answer) => (answer.status === 200 ? undefined : faultOf(answer, bucket)),
        (cause: unknown) => {
          if (cause instanceof Fault) return cause;
          throw cause;
        },
      );
      if (problem === undefined) return;
      if (problem.kind !== 'unavailable' || attempt === attempts || signal?.aborted === true) throw problem;
      await new Promise((resolve) => setTimeout(resolve, this.#limits.pauseMs * attempt));
    }
  }

  #send(
    method: 'HEAD' | 'PUT',
    path: string,
    headers: Record<string, string>,
    hash: string,
    what?: { spooled: Spooled; signal: StopSignal | undefined },
  ) {
    const { url } = this.#endpoint;
    const request = { method, host: url.host, path, headers, hash };
    const signed = signedHeaders(request, this.#endpoint, new Date());
    const body = what?.spooled.read();
    return send(url, { method, path, headers: signed, body, signal: what?.signal }, this.#limits);
  }
}

const attempts = 3;

/** S3 decodes a path once; of the characters that a key may have, these are not unreserved (RFC 3986 §2.3). */
function escapedKey(key: string): string {
  return key.replace(/[!*()]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
