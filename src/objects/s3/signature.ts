/**
 * AWS Signature Version 4 of one request to S3, in its header form. The path is signed as it is sent, encoded once.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
import { createHash, createHmac } from 'node:crypto';

export interface SignableRequest {
  readonly method: string;
  /** As the Host header has it. */
  readonly host: string;
  /** Encoded, without a query. */
  readonly path: string;
  /** Names in lower case; every one is signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body, lower-case hexadecimal. */
  readonly hash: string;
}

/** All headers of the request, the signature among them. */
export function signedHeaders(
  { method, host, path, headers: given, hash }: SignableRequest,
  { accessKeyId, secret, region }: { accessKeyId: string; secret: Uint8Array; region: string },
  now: Date,
): Record<string, string> {
  const date = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const headers: Record<string, string> = { ...given, host, 'x-amz-content-sha256': hash, 'x-amz-date': date };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const canonical = [method, path, '', lines, names.join(';'), hash].join('\n');
  const scope = [date.slice(0, 8), region, 's3', 'aws4_request'];
  const seed = Buffer.concat([Buffer.from('AWS4'), secret]);
  const key = scope.reduce<Uint8Array>(hmac, seed);
  seed.fill(0);
  const canonicalHash = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), canonicalHash].join('\n');
  const signature = Buffer.from(hmac(key, toSign)).toString('hex');
  const credential = `${accessKeyId}/${scope.join('/')}`;
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}

/** SHA-256 of no octets. */
export const emptyHash = createHash('sha256').digest('hex');

function hmac(key: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text).digest();
}
