import { hash } from 'node:crypto';
import type { WireRequest } from '../request.ts';

/**
 * The canonical request of Signature Version 4, from the request as it was received (AWS IAM User Guide, "Create a
 * signed API request", step 1). `signed` are lower-case names in order, all of them present. Undefined when the
 * query holds a broken percent sequence: then there is no canonical form.
 */
export function canonicalRequest(
  { method, path, query, headers }: WireRequest,
  signed: readonly string[],
  bodyHash: string,
): string | undefined {
  const canonicalQuery = query === '' ? '' : canonicalQueryOf(query);
  if (canonicalQuery === undefined) return undefined;
  let fields = '';
  for (const name of signed) fields += `${name}:${folded(headers.get(name) ?? '')}\n`;
  return `${method}\n${canonicalPath(path)}\n${canonicalQuery}\n${fields}\n${signed.join(';')}\n${bodyHash}`;
}

/** Lower-case hexadecimal SHA-256. */
export function sha256Hex(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/**
 * Every service but S3: dot segments and empty segments are resolved, and the path, percent-encoded as it was sent,
 * is encoded once more.
 */
function canonicalPath(path: string): string {
  if (path === '/') return path;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(percentEncoded(segment));
  }
  const end = path.endsWith('/') && kept.length > 0 ? '/' : '';
  return `/${kept.join('/')}${end}`;
}

/** Decoded, encoded again in one spelling, sorted by name and then by value. `+` is a plus sign. */
function canonicalQueryOf(query: string): string | undefined {
  const pairs: (readonly [string, string])[] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = recoded(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? '' : recoded(part.slice(equals + 1));
    if (name === undefined || value === undefined) return undefined;
    pairs.push([name, value]);
  }
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function recoded(text: string): string | undefined {
  try {
    return percentEncoded(decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

/** RFC 3986 §2.3: all but the unreserved characters, in upper-case hexadecimal. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** By code unit: what is compared is ASCII. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Runs of blanks inside a value count as one; the ends are trimmed already. Node reads octets as Latin-1. */
function folded(value: string): string {
  const text = /[\x80-\xff]/.test(value) ? Buffer.from(value, 'latin1').toString() : value;
  return text.includes('  ') ? text.replace(/ {2,}/g, ' ') : text;
}
