import { Refusal } from '../refusal.ts';
import { Reply } from '../reply.ts';
import type { WireReply } from '../request.ts';

const json = 'application/json';

/**
 * `{"error_code":"…","error_msg":"…"}`. Gateway errors carry `request_id` as a member too: see `gatewayRefusal`.
 * A refusal without a code sends only its members: IAM has an error document of its own (`{"error":{…}}`).
 */
export function errorReply(refusal: Refusal, requestId: string): WireReply {
  const { code, message, status = 400, members, headers } = refusal;
  const document = code === '' ? members : { error_code: code, error_msg: message, ...members };
  const withId = gatewayRefusals.has(refusal) ? { ...document, request_id: requestId } : document;
  return {
    status,
    headers: { 'x-request-id': requestId, 'content-type': json, ...headers },
    body: JSON.stringify(withId),
  };
}

/** What the API gateway in front of the service says; it names the request in the document as well. */
export function gatewayRefusal(status: number, code: string, message: string): Refusal {
  const refusal = new Refusal(code, message, { status });
  gatewayRefusals.add(refusal);
  return refusal;
}

const gatewayRefusals = new WeakSet<Refusal>();

/** The answer of success; without a value the body is empty and 200 becomes 204. */
export function successReply(view: unknown, status: number, requestId: string): WireReply {
  const reply = view instanceof Reply ? view : Reply.json(view);
  const { content } = reply;
  const isEmpty = content.kind === 'json' && content.value === undefined;
  const type = content.kind === 'json' ? json : content.type;
  return {
    status: reply.status ?? (isEmpty && status === 200 ? 204 : status),
    headers: {
      'x-request-id': requestId,
      ...(isEmpty ? {} : { 'content-type': type }),
      ...reply.headers,
    },
    body: content.kind === 'bytes' ? content.bytes : (JSON.stringify(content.value) ?? ''),
  };
}

/** Our own mistake; the cause is in the log under the request id. */
export const internalFailure = gatewayRefusal(500, 'APIGW.0203', 'Internal server error.');
