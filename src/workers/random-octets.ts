/** Random octets for serial numbers, drawn from the CSPRNG in blocks: one call for some hundred certificates. */
import { randomFillSync } from 'node:crypto';

const block = new Uint8Array(4000);
let used = block.length;

/** `count` octets that nobody got before, at most 4,000. */
export function randomOctets(count: number): Uint8Array {
  if (used + count > block.length) {
    randomFillSync(block);
    used = 0;
  }
  const octets = block.slice(used, used + count);
  used += count;
  return octets;
}
