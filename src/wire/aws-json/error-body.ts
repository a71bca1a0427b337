import type { Caller, Permission } from '../../core/account.ts';
import type { Denial } from '../../core/authorization.ts';
import { Refusal } from '../refusal.ts';
import { Reply } from '../reply.ts';
import type { WireReply } from '../request.ts';
import { userArn } from './user-arn.ts';

const json = 'application/x-amz-json-1.1';

/** Every client error of AWS JSON 1.1 is HTTP 400, our own mistake 500: `{"__type":"…","message":"…"}`. */
export function errorReply(refusal: Refusal, requestId: string): WireReply {
  return {
    status: refusal.status ?? 400,
    headers: { 'x-amzn-requestid': requestId, 'content-type': json, ...refusal.headers },
    body: JSON.stringify({ __type: refusal.code, message: refusal.message, ...refusal.members }),
  };
}

/** The answer of success; without a value the body is empty, as AWS's is for operations without output. */
export function successReply(view: unknown, status: number, requestId: string): WireReply {
  const reply = view instanceof Reply ? view : Reply.json(view);
  const { content } = reply;
  const type = content.kind === 'json' ? json : content.type;
  return {
    status: reply.status ?? status,
    headers: { 'x-amzn-requestid': requestId, 'content-type': type, ...reply.headers },
    body: content.kind === 'bytes' ? content.bytes : (JSON.stringify(content.value) ?? ''),
  };
}

/** AWS names the caller, the action and the resource, and why. */
export function denied(caller: Caller, { action, resource }: Permission, denial: Denial): Refusal {
  const user = userArn(caller);
  return new Refusal(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reasons[denial](action)}`,
  );
}

const reasons = {
  'no-identity-policy': (action) => `because no identity-based policy allows the ${action} action`,
  'no-resource-policy': (action) => `because no resource-based policy allows the ${action} action`,
  'explicit-deny': () => 'with an explicit deny in a resource-based policy',
} as const satisfies Record<Denial, (action: string) => string>;

/** Our own mistake; the cause is in the log under the request id. */
export const internalFailure = new Refusal(
  'InternalFailure',
  'The request processing has failed because of an unknown error, exception or failure.',
  { status: 500 },
);
