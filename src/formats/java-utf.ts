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
