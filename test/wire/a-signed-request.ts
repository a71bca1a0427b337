/** Requests signed by the AWS SDK's own signer, and the door of an AWS front that checks them. */
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { awsJsonAuthenticator } from '../../src/wire/aws-json/authenticate.ts';
import type { WireRequest } from '../../src/wire/request.ts';
import { aSecret, keyRing, signingTime } from './a-key.ts';

type SourceData = string | ArrayBuffer | ArrayBufferView;

function octets(data: SourceData): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

/** A SHA-256 as @smithy/signature-v4 wants it. */
class Sha256 {
  readonly #chunks: Uint8Array[] = [];
  readonly #key: Uint8Array | undefined;
  constructor(key?: SourceData) {
    this.#key = key === undefined ? undefined : octets(key);
  }
  update(chunk: SourceData): void {
    this.#chunks.push(octets(chunk));
  }
  async digest(): Promise<Uint8Array> {
    const made = this.#key === undefined ? createHash('sha256') : createHmac('sha256', this.#key);
    for (const chunk of this.#chunks) made.update(chunk);
    return made.digest();
  }
  reset(): void {
    this.#chunks.length = 0;
  }
}

export interface Wish {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly service?: string;
  readonly at?: number;
  readonly secret?: string;
  readonly accessKey?: string;
}

/** Signed by the AWS SDK's own signer; `query` comes back as it stands in the request line. */
export async function signed(
  wish: Wish = {},
): Promise<{ headers: Record<string, string>; query: string } & Required<Pick<Wish, 'method' | 'path' | 'body'>>> {
  const { method = 'POST', path = '/', query = {}, body = '{}', service = 'acm-pca', at = signingTime } = wish;
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: { accessKeyId: wish.accessKey ?? 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: wish.secret ?? aSecret },
    sha256: Sha256,
    applyChecksum: true,
  });
  const request = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: 'localhost',
      path,
      query,
      headers: {
        host: 'localhost:8600',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'ACMPrivateCA.ListTags',
        ...wish.headers,
      },
      body,
    },
    { signingDate: new Date(at) },
  );
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const line = pairs.map((pair) => pair.map((word) => encodeURIComponent(word ?? '')).join('=')).join('&');
  return { headers: request.headers, query: line, method, path, body };
}

/** Private CA's door, for ListTags. */
export function door(ring = keyRing()) {
  const check = awsJsonAuthenticator(ring, 'acm-pca');
  return (request: WireRequest) => check(request, { front: 'aws-pca', operation: 'ListTags' });
}
