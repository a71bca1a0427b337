/** Requests to a front of AWS JSON as its listener hands them over: bytes in, bytes out, without a socket between. */
import { region } from '../../src/core/ids.ts';
import type { Authenticator } from '../../src/wire/authenticator.ts';
import type { Front } from '../../src/wire/front.ts';
import { headerFields } from '../../src/wire/request.ts';
import type { House } from './house.ts';

export interface FrontAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Code and sentence when the input did not meet its shape; undefined when it was read. */
  readonly refusal: readonly [string, string] | undefined;
}

/** `input` may be text that is no JSON, or octets. */
export type Ask = (input: unknown) => Promise<FrontAnswer>;

/** Everybody is the house's reader: what is read well ends at the door of every operation that writes. */
export function asReader({ reader: { account, domain, id } }: Pick<House, 'reader'>): Authenticator {
  const reader = { account, domain, accessKey: id, role: 'read-only', userName: 'reader', isOperator: false } as const;
  return ({ requestId }, { front, operation }) => ({
    ...reader,
    region: region('us-east-1'),
    front,
    operation,
    requestId,
  });
}

export function askFront(front: Front, target: string): Ask {
  const headers = headerFields([
    'host',
    'pca.test',
    'x-amz-target',
    target,
    'content-type',
    'application/x-amz-json-1.1',
  ]);
  return async (input) => {
    const body =
      input instanceof Buffer ? input : Buffer.from(typeof input === 'string' ? input : JSON.stringify(input));
    const request = { method: 'POST', path: '/', query: '', headers, body, requestId: 'r', source: '192.0.2.1' };
    const { status, body: text } = await front.answer(request);
    const document: unknown = text.length === 0 ? {} : JSON.parse(String(text));
    const [code, message] = ['__type', 'message'].map((name) => String(Reflect.get(Object(document), name) ?? ''));
    const isOfShape = code === 'SerializationException' || /^\d+ validation errors? detected: /.test(message ?? '');
    return {
      status,
      code: code ?? '',
      message: message ?? '',
      refusal: isOfShape ? [code ?? '', message ?? ''] : undefined,
    };
  };
}
