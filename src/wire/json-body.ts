import { isUtf8 } from 'node:buffer';

/** Deeper than any shape of these APIs (a general name in an extension in a passthrough is 8 deep), with room. */
const deepest = 64;
/**
 * More values than any valid request has: the largest (120 attributes, 250 tags and names) stays far below. Without a
 * bound 4 MB of `1,1,1,…` hold the event loop for seconds, and on a sign-in path a stranger could do it.
 */
const mostValues = 20_000;

/**
 * The JSON value of a body; undefined when the body is blank. Throws SyntaxError on what is not UTF-8 or not JSON,
 * and on nesting beyond 64 or more than 20,000 values, which is found before anything is built: megabytes of `[` would
 * cost a hundred times their size in memory.
 */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new SyntaxError('the body is not UTF-8');
  const excess = excessOf(body);
  if (excess !== undefined) throw new SyntaxError(excess);
  const text = body.toString();
  return text.trim() === '' ? undefined : JSON.parse(text);
}

/** What is too much about a body; undefined when nothing is. */
function excessOf(body: Buffer): string | undefined {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < body.length; at += 1) {
    const octet = body[at];
    if (octet === quote) {
      at = endOfString(body, at + 1);
      if (at < 0) return undefined; // an open string: JSON.parse will say so
    } else if (octet === openBrace || octet === openBracket) {
      depth += 1;
      if (depth > deepest) return `the body is nested deeper than ${deepest}`;
    } else if (octet === closeBrace || octet === closeBracket) depth -= 1;
    else if (octet === comma) {
      values += 1;
      if (values > mostValues) return `the body holds more than ${mostValues} values`;
    }
  }
  return undefined;
}

/** Where the string's closing quote is; -1 when there is none. Strings are most of a body: search natively. */
function endOfString(body: Buffer, from: number): number {
  for (let at = body.indexOf(quote, from); at >= 0; at = body.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (body[at - 1 - slashes] === backslash && at - 1 - slashes >= from) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
