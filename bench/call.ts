/** Signed AWS JSON and Huawei requests as raw HTTP bytes, for the load generator and for setting things up. */
import { createHash, createHmac } from 'node:crypto';
import { signRequest } from '../src/cli/sign-request.ts';
import type { FreshServer } from '../scripts/fresh-server.ts';

export const benchKey = { accessKeyId: 'AKIABENCHBENCHBENCH1', secret: 'benchbenchbenchbenchbenchbenchbenchbench' };
export const benchAccount = '111122223333';
const region = 'us-east-1';
const credentials = { accessKeyId: benchKey.accessKeyId, secret: Buffer.from(benchKey.secret) };
const targets = { acm: 'CertificateManager', 'acm-pca': 'ACMPrivateCA' } as const;

type Service = keyof typeof targets;

/** One AWS request, ready to be written to a socket. */
export function awsRequest(server: FreshServer, service: Service, operation: string, input: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(input));
  const headers = signRequest(
    {
      method: 'POST',
      host: `127.0.0.1:${server.port}`,
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${targets[service]}.${operation}` },
      body,
    },
    credentials,
    { region, service },
    new Date(),
  );
  return raw('POST', '/', headers, body);
}

/** One Huawei request signed with SDK-HMAC-SHA256. */
export function huaweiRequest(server: FreshServer, method: 'GET' | 'POST', path: string, input?: unknown): Buffer {
  const body = input === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(input));
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const host = `127.0.0.1:${server.port}`;
  const signed = `content-type:application/json\nhost:${host}\nx-sdk-date:${date}\n`;
  const names = 'content-type;host;x-sdk-date';
  const canonical = `${method}\n${path}/\n\n${signed}\n${names}\n${sha256(body)}`;
  const signature = createHmac('sha256', benchKey.secret)
    .update(`SDK-HMAC-SHA256\n${date}\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `SDK-HMAC-SHA256 Access=${benchKey.accessKeyId}, SignedHeaders=${names}, Signature=${signature}`;
  return raw(method, path, { host, 'content-type': 'application/json', 'x-sdk-date': date, authorization }, body);
}

/** Sends one AWS request and gives its answer; throws with the body when it is refused. */
export async function aws<Output>(
  server: FreshServer,
  service: Service,
  operation: string,
  input: unknown,
): Promise<Output> {
  return send(server, awsRequest(server, service, operation, input)) as Promise<Output>; // the caller knows the shape
}

/** Sends one Huawei request and gives its JSON answer. */
export async function huawei<Output>(
  server: FreshServer,
  method: 'GET' | 'POST',
  path: string,
  input?: unknown,
): Promise<Output> {
  return send(server, huaweiRequest(server, method, path, input)) as Promise<Output>; // the caller knows the shape
}

async function send(server: FreshServer, request: Buffer): Promise<unknown> {
  const head = request.indexOf('\r\n\r\n');
  const [line = '', ...lines] = request.toString('latin1', 0, head).split('\r\n');
  const [method, path] = line.split(' ');
  const headers = lines.map((text): [string, string] => [
    text.slice(0, text.indexOf(':')),
    text.slice(text.indexOf(':') + 2),
  ]);
  const sendable = headers.filter(([name]) => name !== 'host' && name !== 'content-length');
  const body = method === 'GET' ? undefined : new Uint8Array(request.subarray(head + 4));
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers: sendable, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${line} answered ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

function raw(method: string, path: string, headers: Record<string, string>, body: Buffer): Buffer {
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), body]);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
