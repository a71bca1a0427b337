import { type SerialNumber, serialNumber } from '../../core/ids.ts';
import { text } from '../../wire/aws-json/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { Refusal } from '../../wire/refusal.ts';

/**
 * A serial number as clients write it: hexadecimal in either case, whole or in pairs with colons (as openssl prints
 * it), with or without leading zeros (Go's `%x` drops them). Read as a number. `unknown`: too long for any of ours.
 * Refusal `InvalidRequestException` for what is no hexadecimal number.
 */
export const certificateSerial = decoded(text({ max: 128 }), (given): SerialNumber | 'unknown' => {
  if (!/^([0-9a-f]+|[0-9a-f]{1,2}(:[0-9a-f]{2})+)$/i.test(given)) {
    throw new Refusal('InvalidRequestException', 'The certificate serial number must be in hexadecimal format.');
  }
  const digits = BigInt(`0x${given.replaceAll(':', '')}`).toString(16);
  return digits.length > 32 ? 'unknown' : serialNumber(digits.padStart(32, '0'));
});
