/**
 * PEM of RFC 7468 with LF or CRLF. Text before, between and after the blocks may only be
 * white space, unless `explanatory` is allowed (RFC 7468 §2 and §5.2: certificates and requests carry some).
 * Faults are `malformed` with a reason: `not-pem`, `several`, `label`, `base64`, `too-long`.
 */
import { Fault } from '../core/fault.ts';

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

/** What is accepted: which labels, how long the text may be, what Faults call it. */
export interface PemExpectation {
  /** `CERTIFICATE`, or all the labels that mean the same. */
  readonly labels: readonly string[];
  /** The noun of Faults: `certificate`, `csr`, `private key`, `chain`. */
  readonly what: string;
  /** Octets of text; 2 MiB unless told. */
  readonly limit?: number;
  /** Other text may stand around the blocks. */
  readonly explanatory?: boolean;
}

/** Exactly one block. Fault reason `several` when there are more. */
export function readPem(text: Uint8Array | string, expected: PemExpectation): PemBlock {
  const blocks = readPemBlocks(text, expected);
  const [block] = blocks;
  if (block === undefined || blocks.length > 1) {
    return fail(expected, 'several', `${blocks.length} PEM blocks, expected one`);
  }
  return block;
}

/** One or more blocks, in their order. */
export function readPemBlocks(text: Uint8Array | string, expected: PemExpectation): readonly PemBlock[] {
  const limit = expected.limit ?? 2 * 1024 * 1024;
  if (text.length > limit) fail(expected, 'too-long', `${text.length} octets, at most ${limit} are expected`);
  const whole =
    typeof text === 'string' ? text : Buffer.from(text.buffer, text.byteOffset, text.length).toString('latin1');
  const blocks: PemBlock[] = [];
  let at = 0;
  for (;;) {
    const begin = whole.indexOf('-----BEGIN ', at);
    around(expected, whole.slice(at, begin < 0 ? whole.length : begin), blocks.length);
    if (begin < 0) break;
    const labelEnd = whole.indexOf('-----', begin + 11);
    const label = labelEnd < 0 ? '' : whole.slice(begin + 11, labelEnd);
    if (!labelPattern.test(label)) fail(expected, 'not-pem', 'a BEGIN line is cut off or has no proper label');
    if (!expected.labels.includes(label)) {
      fail(expected, 'label', `a PEM block labelled "${label}", expected "${expected.labels.join('" or "')}"`);
    }
    const footer = `-----END ${label}-----`;
    const end = whole.indexOf(footer, labelEnd);
    if (end < 0) fail(expected, 'not-pem', `a PEM block without its line ${footer}`);
    blocks.push({ label, der: decode(expected, whole.slice(labelEnd + 5, end)) });
    at = end + footer.length;
  }
  if (blocks.length === 0) fail(expected, 'not-pem', `no line -----BEGIN ${expected.labels[0]}-----`);
  return blocks;
}

/** Whether bytes begin like PEM and not like DER (which begins with SEQUENCE, 0x30). */
export function looksLikePem(bytes: Uint8Array): boolean {
  return bytes[0] !== 0x30;
}

/** One block: lines of 64 characters (RFC 7468 §2). `newline` ends each line; the last one unless `final` is false. */
export function writePem(
  label: string,
  der: Uint8Array,
  { newline = '\n', final = true }: { readonly newline?: '\n' | '\r\n'; readonly final?: boolean } = {},
): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.length).toString('base64');
  let lines = `-----BEGIN ${label}-----${newline}`;
  for (let i = 0; i < base64.length; i += 64) lines += base64.slice(i, i + 64) + newline;
  return `${lines}-----END ${label}-----${final ? newline : ''}`;
}

const labelPattern = /^[A-Z0-9](?:[A-Z0-9 .]{0,62}[A-Z0-9])?$/;
const blankPattern = /^[ \t\r\n]*$/;

function around(expected: PemExpectation, between: string, count: number): void {
  if (blankPattern.test(between)) return;
  if (expected.explanatory === true && !between.includes('-----')) return;
  fail(expected, 'not-pem', count === 0 ? 'text that is not PEM' : `text after PEM block ${count} that is not PEM`);
}

/** The lines between header and footer; encapsulated headers (RFC 1421) are not base64 and so are refused. */
function decode(expected: PemExpectation, body: string): Uint8Array {
  if (!/^[ \t]*\r?\n/.test(body)) fail(expected, 'not-pem', 'text on the BEGIN line after the label');
  try {
    // Strict: RFC 4648 §3.5 wants unused last bits zero and the padding there, so one value has one spelling.
    const der = Uint8Array.fromBase64(body, { lastChunkHandling: 'strict' });
    if (der.length > 0) return der;
  } catch {
    // said below
  }
  return fail(expected, 'base64', 'a PEM block whose lines are not base64');
}

function fail(expected: PemExpectation, reason: string, found: string): never {
  throw new Fault('malformed', `${expected.what} is not the expected PEM: found ${found}`, {
    what: expected.what,
    reason,
  });
}
