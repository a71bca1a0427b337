/**
 * PEM of private keys, octets to octets: a string could not be wiped (RFC 7468 §2: base64 lines of 64).
 * `newline` ends every line, the last one too.
 */
export function writeSecretPem(label: string, der: Uint8Array, newline: '\n' | '\r\n' = '\n'): Uint8Array {
  const end = ascii.encode(newline);
  const header = ascii.encode(`-----BEGIN ${label}-----${newline}`);
  const footer = ascii.encode(`-----END ${label}-----${newline}`);
  const digits = Math.ceil(der.length / 3) * 4;
  const lines = Math.ceil(digits / 64);
  const out = new Uint8Array(header.length + digits + lines * end.length + footer.length);
  out.set(header);
  let at = header.length;
  for (let i = 0; i < der.length; i += 48) {
    at = writeLine(der.subarray(i, i + 48), out, at);
    out.set(end, at);
    at += end.length;
  }
  out.set(footer, at);
  return out;
}

const ascii = new TextEncoder();
const alphabet = ascii.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const padding = 0x3d;

function writeLine(octets: Uint8Array, out: Uint8Array, start: number): number {
  let at = start;
  for (let i = 0; i < octets.length; i += 3) {
    const group = ((octets[i] ?? 0) << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
    out[at++] = alphabet[group >> 18] ?? 0;
    out[at++] = alphabet[(group >> 12) & 63] ?? 0;
    out[at++] = i + 1 < octets.length ? (alphabet[(group >> 6) & 63] ?? 0) : padding;
    out[at++] = i + 2 < octets.length ? (alphabet[group & 63] ?? 0) : padding;
  }
  return at;
}
