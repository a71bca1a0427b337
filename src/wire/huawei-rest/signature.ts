import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../request.ts';
import { compare, percentEncoded } from '../sigv4/canonical-request.ts';

/** What `Authorization: SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…` says. */
export interface SdkAuthorization {
  readonly accessKey: string;
  /** Lower case, sorted, each once. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Undefined when the field is not of this form: another algorithm, a part missing or there twice. */
export function parseSdkAuthorization(field: string): SdkAuthorization | undefined {
  const form = /^SDK-HMAC-SHA256 +Access=(\w{1,128}), *SignedHeaders=([a-z0-9;.-]{1,2048}), *Signature=([0-9a-f]{64})$/;
  const parts = form.exec(field);
  if (parts === null) return undefined;
  const [, accessKey = '', list = '', signature = ''] = parts;
  const signedHeaders = list.split(';');
  const isSorted = signedHeaders.every((name, at) => at === 0 || compare(signedHeaders[at - 1] ?? '', name) < 0);
  return isSorted ? { accessKey, signedHeaders, signature } : undefined;
}

/**
 * Whether the request is signed by the secret. `bodyHash` is that of the octets that came, never what the request
 * says of them. The path's canonical form always ends in a slash; Node's SDK encodes the encoded path once more, so
 * both spellings are tried (they differ only where a path holds other characters than the unreserved).
 */
export function isSignedWith(
  secret: Uint8Array,
  request: WireRequest,
  { signedHeaders, signature }: SdkAuthorization,
  bodyHash: string,
): boolean {
  const query = canonicalQueryOf(request.query);
  if (query === undefined) return false;
  const stamp = request.headers.get('x-sdk-date') ?? '';
  const given = Buffer.from(signature, 'hex');
  let isRight = false;
  for (const path of canonicalPathsOf(request.path)) {
    const fields = signedHeaders.map((name) => `${name}:${octetsAsText(request.headers.get(name) ?? '')}\n`).join('');
    const canonical = `${request.method}\n${path}\n${query}\n${fields}\n${signedHeaders.join(';')}\n${bodyHash}`;
    const stringToSign = `SDK-HMAC-SHA256\n${stamp}\n${hash('sha256', canonical, 'hex')}`;
    const expected = createHmac('sha256', secret).update(stringToSign).digest();
    if (timingSafeEqual(expected, given)) isRight = true;
  }
  return isRight;
}

/** Each segment decoded and encoded once, and the sent path encoded again; equal ones count once. */
function canonicalPathsOf(path: string): ReadonlySet<string> {
  const slashed = path.endsWith('/') ? path : `${path}/`;
  const segments = slashed.split('/');
  const twice = segments.map(percentEncoded).join('/');
  const decodedSegments = segments.map((segment) => decoded(segment));
  if (!decodedSegments.every((segment) => segment !== undefined)) return new Set([twice]);
  return new Set([decodedSegments.map(percentEncoded).join('/'), twice]);
}

/** Sorted by name and then by value, percent-encoded in one spelling. Undefined for a broken percent sequence. */
function canonicalQueryOf(query: string): string | undefined {
  if (query === '') return '';
  const pairs: (readonly [string, string])[] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decoded(equals < 0 ? part : part.slice(0, equals), true);
    const value = equals < 0 ? '' : decoded(part.slice(equals + 1), true);
    if (name === undefined || value === undefined) return undefined;
    pairs.push([name, value]);
  }
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return pairs.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&');
}

/** In a query the SDKs' HTTP clients write a space as `+` (Go, Python) or `%20` (Node), and sign it as `%20`. */
function decoded(text: string, isQuery = false): string | undefined {
  try {
    return decodeURIComponent(isQuery ? text.replaceAll('+', ' ') : text);
  } catch {
    return undefined;
  }
}

/** Node reads header octets as Latin-1; clients sign UTF-8. */
function octetsAsText(value: string): string {
  return /[\x80-\xff]/.test(value) ? Buffer.from(value, 'latin1').toString() : value;
}
