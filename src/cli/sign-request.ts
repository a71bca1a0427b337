import { createHash, createHmac } from 'node:crypto';

/** What is signed: one request to a path without a query. */
export interface SignableRequest {
  readonly method: 'GET' | 'POST';
  /** As the Host header has it. */
  readonly host: string;
  readonly path: string;
  /** Names in lower case; every one is signed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secret: Uint8Array;
}

/**
 * All headers of a request signed with AWS Signature Version 4 (header form), `host` among them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signRequest(
  request: SignableRequest,
  credentials: Credentials,
  scope: { region: string; service: string },
  now: Date,
): Record<string, string> {
  const date = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const headers: Record<string, string> = { ...request.headers, host: request.host, 'x-amz-date': date };
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    request.path,
    '',
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    names.join(';'),
    sha256(request.body),
  ].join('\n');
  const scopeText = `${day}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scopeText}\n${sha256(canonical)}`;
  const seed = Buffer.concat([Buffer.from('AWS4'), credentials.secret]);
  const key = [day, scope.region, scope.service, 'aws4_request'].reduce<Uint8Array>(hmac, seed);
  seed.fill(0);
  const signature = Buffer.from(hmac(key, toSign)).toString('hex');
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scopeText}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}

function hmac(key: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
