import { octetsOfHex } from '../der/hex.ts';
import { readDer } from '../der/reader.ts';
import { latin1 } from './text.ts';

/**
 * An attribute's value as clients read it that look for a host or a mailbox in it. OpenSSL takes whatever octets a
 * NumericString has for text, and cuts NULs at the end. undefined where it is no text, or has a NUL inside: OpenSSL
 * refuses such a certificate under name constraints.
 * @param value as `readName` gives it: of another type it is `#` and its DER in hexadecimal
 */
export function clientText(value: string): string | undefined {
  const other = value.startsWith('#') ? otherType(value) : { text: value };
  if (other === 'no text') return undefined;
  const text = other.text.replace(/\0+$/, '');
  return text.includes('\0') ? undefined : text;
}

function otherType(value: string): { readonly text: string } | 'no text' {
  const digits = /^#((?:[0-9a-f]{2}){2,})$/.exec(value)?.[1];
  if (digits === undefined) return { text: value };
  const der = octetsOfHex(digits);
  const tag = der[0] ?? 0;
  try {
    const reader = readDer(der);
    const content = reader.content(tag);
    reader.finish();
    return tag === numericString ? { text: latin1(content) } : 'no text';
  } catch {
    return { text: value }; // merely begins like one
  }
}

const numericString = 0x12;
