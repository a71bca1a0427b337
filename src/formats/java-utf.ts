/**
 * A string as java.io.DataOutput.writeUTF writes it: two octets of length, then "modified UTF-8": each UTF-16 unit by
 * itself (surrogates too), U+0000 in two octets. Cut to 255 units, far below its limit of 65,535 octets.
 */
export function javaUtf(text: string): Uint8Array {
  const octets: number[] = [];
  for (let i = 0; i < Math.min(text.length, 255); i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 1 && unit < 0x80) octets.push(unit);
    else if (unit < 0x800) octets.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else octets.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return Uint8Array.of(octets.length >> 8, octets.length & 0xff, ...octets);
}

/** What `javaUtf` wrote behind the length. Undefined when it is not modified UTF-8 in its only spelling. */
export function readJavaUtf(octets: Uint8Array): string | undefined {
  let text = '';
  for (let at = 0; at < octets.length; ) {
    const [first = 0, second = 0, third = 0] = octets.subarray(at, at + 3);
    const size = first < 0x80 ? 1 : first >> 5 === 0b110 ? 2 : first >> 4 === 0b1110 ? 3 : 4;
    const tail = [second, third].slice(0, size - 1);
    if (size > 3 || at + size > octets.length || tail.some((octet) => octet >> 6 !== 0b10)) return undefined;
    const bits = size === 1 ? first : first & (0xff >> (size + 1));
    const unit = tail.reduce((value, octet) => (value << 6) | (octet & 0x3f), bits);
    const isShortest = size === 1 ? unit > 0 : size === 2 ? unit === 0 || unit >= 0x80 : unit >= 0x800;
    if (!isShortest) return undefined;
    text += String.fromCharCode(unit);
    at += size;
  }
  return text;
}
