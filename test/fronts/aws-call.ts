/** Calls of an AWS JSON service over HTTP, signed by aws4 (not by us), as bytes in and bytes out. */
import assert from 'node:assert/strict';
import aws4 from 'aws4';
import type { CallTarget, HouseKey } from './house.ts';

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The answer's JSON; an empty object when there is none. */
  // Tests reach into documents of many forms; a wrong guess fails the test.
  // oxlint-disable-next-line typescript/no-explicit-any -- see above
  readonly body: any;
}

export interface AwsCaller {
  /** Signed by the administrator in us-east-1 unless told; `input` may be text that is no JSON. */
  (operation: string, input?: unknown, as?: { key?: HouseKey; region?: string }): Promise<AwsAnswer>;
}

export function awsCaller(house: CallTarget, service: { signingName: string; targetPrefix: string }): AwsCaller {
  return async (operation, input = {}, { key = house.administrator, region = 'us-east-1' } = {}) => {
    const body = typeof input === 'string' ? input : JSON.stringify(input);
    const signed = aws4.sign(
      {
        host: new URL(house.url).host,
        method: 'POST',
        path: '/',
        service: service.signingName,
        region,
        body,
        headers: {
          'Content-Type': 'application/x-amz-json-1.1',
          'X-Amz-Target': `${service.targetPrefix}.${operation}`,
          'X-Amz-Date': new Date(house.clock.now()).toISOString().replace(/[-:]|\.\d+/g, ''),
        },
      },
      { accessKeyId: key.id, secretAccessKey: key.secret },
    );
    const headers = Object.entries(signed.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
    const response = await fetch(house.url, {
      method: 'POST',
      headers: Object.fromEntries(headers.filter(([name]) => name !== 'Host' && name !== 'Content-Length')),
      body,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text === '' ? {} : JSON.parse(text) };
  };
}

/** The answer is this exception; `message` is the whole sentence or a pattern of it. */
export function assertException({ status, body }: AwsAnswer, code: string, message?: string | RegExp): void {
  assert.equal(`${status} ${body.__type}: ${body.message}`.startsWith(`400 ${code}:`), true, JSON.stringify(body));
  if (typeof message === 'string') assert.equal(body.message, message);
  else if (message !== undefined) assert.match(body.message, message);
}

/** The answer is a success; gives its body. */
export function ok({ status, body, text }: AwsAnswer): AwsAnswer['body'] {
  assert.equal(status, 200, text);
  return body;
}
