import type { EpochMs } from '../../core/ids.ts';
import type { HeaderFields } from '../request.ts';
import { Rejected } from './rejected.ts';

/** How far a client's clock may be off: AWS's own limit for most of its services. */
const skewMs = 5 * 60_000;

/** The moment of signing in ISO 8601's basic form, as it stands in the string to sign. */
export interface RequestDate {
  /** `20150830T123600Z`. */
  readonly stamp: string;
  readonly at: EpochMs;
}

/** `X-Amz-Date`, or `Date` where that is absent (basic form or RFC 9110 §5.6.7). Throws Rejected `incomplete`. */
export function requestDate(headers: HeaderFields): RequestDate {
  const own = headers.get('x-amz-date');
  const text = own ?? headers.get('date');
  if (text === undefined) {
    throw new Rejected(
      'incomplete',
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  const inBasicForm = basicForm(text);
  if (inBasicForm !== undefined) return { stamp: text, at: inBasicForm };
  const at = own === undefined ? httpDate(text) : undefined;
  if (at === undefined) {
    const shown = text.slice(0, 40);
    throw new Rejected(
      'incomplete',
      `Date must be in ISO-8601 'basic format'. Got '${shown}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return { stamp: stampOf(at), at };
}

/** Throws Rejected `mismatch` in AWS's two sentences. */
export function assertTimely({ stamp, at }: RequestDate, now: EpochMs): void {
  if (at < now - skewMs) {
    throw new Rejected(
      'mismatch',
      `Signature expired: ${stamp} is now earlier than ${stampOf(now - skewMs)} (${stampOf(now)} - 5 min.)`,
    );
  }
  if (at > now + skewMs) {
    throw new Rejected(
      'mismatch',
      `Signature not yet current: ${stamp} is still later than ${stampOf(now + skewMs)} (${stampOf(now)} + 5 min.)`,
    );
  }
}

/** Undefined when the text is not of the form, or no such moment exists (the 30th of February). */
export function basicForm(text: string): EpochMs | undefined {
  if (!/^\d{8}T\d{6}Z$/.test(text)) return undefined;
  const part = (from: number, to: number): number => Number(text.slice(from, to));
  const [month, day, hour, minute, second] = [part(4, 6), part(6, 8), part(9, 11), part(11, 13), part(13, 15)];
  const at = Date.UTC(part(0, 4), month - 1, day, hour, minute, second);
  const exists = month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60;
  return exists && new Date(at).getUTCDate() === day ? at : undefined;
}

function httpDate(text: string): EpochMs | undefined {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

export function stampOf(at: EpochMs): string {
  if (!Number.isFinite(at)) return '';
  const text = new Date(at).toISOString();
  return `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 13)}${text.slice(14, 16)}${text.slice(17, 19)}Z`;
}
