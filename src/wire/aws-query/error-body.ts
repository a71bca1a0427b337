import type { Caller, Permission } from '../../core/account.ts';
import type { Denial } from '../../core/authorization.ts';
import { Refusal } from '../refusal.ts';
import type { WireReply } from '../request.ts';
import { denied as deniedInJson } from '../aws-json/error-body.ts';

/** The namespace of a service's documents and the version that its clients ask for. */
export interface QueryVersion {
  /** For example `2011-06-15`. */
  readonly version: string;
  /** For example `https://sts.amazonaws.com/doc/2011-06-15/`. */
  readonly namespace: string;
}

/** `<ErrorResponse>` with type, code, message and request id. */
export function errorReply(refusal: Refusal, requestId: string, { namespace }: QueryVersion): WireReply {
  const { code, message, status = 400, headers } = refusal;
  const error = { Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message } };
  return document(
    status,
    requestId,
    `<ErrorResponse xmlns="${namespace}">`,
    'ErrorResponse',
    {
      ...error,
      RequestId: requestId,
    },
    headers,
  );
}

/** `<…Response><…Result>` around the view's members, then the metadata. */
export function successReply(
  operation: string,
  view: unknown,
  status: number,
  requestId: string,
  { namespace }: QueryVersion,
): WireReply {
  const content = {
    ...(view === undefined ? {} : { [`${operation}Result`]: view }),
    ResponseMetadata: { RequestId: requestId },
  };
  return document(status, requestId, `<${operation}Response xmlns="${namespace}">`, `${operation}Response`, content);
}

export function denied(caller: Caller, permission: Permission, denial: Denial): Refusal {
  return new Refusal('AccessDenied', deniedInJson(caller, permission, denial).message, { status: 403 });
}

export const internalFailure = new Refusal(
  'InternalFailure',
  'The request processing has failed because of an unknown error, exception or failure.',
  { status: 500 },
);

function document(
  status: number,
  requestId: string,
  open: string,
  name: string,
  content: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): WireReply {
  return {
    status,
    headers: { 'x-amzn-requestid': requestId, 'content-type': 'text/xml', ...headers },
    body: `${open}\n${elements(content, '  ')}</${name}>\n`,
  };
}

/** Element names are ours; only text is escaped. A list repeats `member`. */
function elements(content: object, indent: string): string {
  return Object.entries(content)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${indent}<${name}>${inner(value, indent)}</${name}>\n`)
    .join('');
}

function inner(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const members = value.map((item: unknown) => `${deeper}<member>${inner(item, deeper)}</member>\n`);
    return `\n${members.join('')}${indent}`;
  }
  if (typeof value === 'object' && value !== null) return `\n${elements(value, deeper)}${indent}`;
  return escaped(String(value));
}

/** XML 1.0 §2.2 has no control characters but tab and line ends; they become a question mark. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
