import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Credentials, signRequest } from './sign-request.ts';

/** The server said no, or could not be asked; the message is for the operator. */
export class ApiError extends Error {}

/** Where the server is and who asks. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/**
 * From the options, the environment and the credentials file of the data folder, in that order.
 * Throws ApiError that says what is missing.
 */
export function connectionOf(
  options: { endpoint?: string; credentials?: string },
  variables: Readonly<Record<string, string | undefined>>,
): Connection {
  const file = options.credentials ?? join(variables['CHANCERY_HOME'] ?? 'chancery-data', 'credentials');
  const profile = profileIn(file);
  const id = variables['CHANCERY_ACCESS_KEY_ID'] ?? profile.get('aws_access_key_id');
  const secret = variables['CHANCERY_SECRET_ACCESS_KEY'] ?? profile.get('aws_secret_access_key');
  const endpoint = options.endpoint ?? variables['CHANCERY_PUBLIC_URL'] ?? profile.get('endpoint_url');
  if (id === undefined || secret === undefined) {
    throw new ApiError(
      `there is no access key: ${file} has none, and CHANCERY_ACCESS_KEY_ID and CHANCERY_SECRET_ACCESS_KEY are not set`,
    );
  }
  if (endpoint === undefined)
    throw new ApiError('there is no endpoint: give --endpoint, for example http://127.0.0.1:8600');
  return {
    endpoint,
    region: profile.get('region') ?? 'us-east-1',
    credentials: { accessKeyId: id, secret: Buffer.from(secret) },
  };
}

/** One operation of the operator's api. Throws ApiError with the server's own sentence. */
export async function call(connection: Connection, operation: string, input: object): Promise<Record<string, unknown>> {
  const url = new URL('/', connection.endpoint);
  const body = Buffer.from(JSON.stringify(input));
  const headers = signRequest(
    {
      method: 'POST',
      host: url.host,
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Chancery.${operation}` },
      body,
    },
    connection.credentials,
    { region: connection.region, service: 'chancery' },
    new Date(),
  );
  const answer = await fetch(url, { method: 'POST', headers, body }).catch((cause: unknown) => {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new ApiError(`${url.origin} does not answer (${reason}); is the server running?`);
  });
  const text = await answer.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  const members = typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
  if (!answer.ok)
    throw new ApiError(`${String(members['message'] ?? text)} (${String(members['__type'] ?? answer.status)})`);
  return members;
}

function profileIn(file: string): ReadonlyMap<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return new Map();
  }
  const section = /\[default\]([^[]*)/.exec(text)?.[1] ?? '';
  const lines = section.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf('=');
    return at < 0 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]];
  });
  return new Map(lines);
}
