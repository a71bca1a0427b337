/**
 * A seal: AES-256-GCM with a random nonce, in one layout for all that the vault stores.
 * Octets: format (1), nonce (12), ciphertext (as long as the plaintext), tag (16).
 * Nonces come straight from the CSPRNG and not through a port: a test that could set them could also repeat one.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';
import { Fault } from '../core/fault.ts';

const format = 1;
const nonceLength = 12;
const tagLength = 16;
const overhead = 1 + nonceLength + tagLength;

/**
 * @param key a secret key of 32 octets
 * @param bound what the seal holds for and nothing else: it must be given again, unchanged, to open
 */
export function seal(key: KeyObject, bound: Uint8Array, plain: Uint8Array): Uint8Array {
  const sealed = new Uint8Array(overhead + plain.length);
  const nonce = sealed.subarray(1, 1 + nonceLength);
  sealed[0] = format;
  randomFillSync(nonce);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(bound);
  sealed.set(cipher.update(plain), 1 + nonceLength);
  cipher.final();
  sealed.set(cipher.getAuthTag(), sealed.length - tagLength);
  return sealed;
}

/**
 * The plaintext, the caller's to wipe. Throws Fault `unavailable` (reason `broken-seal`) unless key, bound values
 * and every octet are those of the sealing; the message names only `what`.
 */
export function open(key: KeyObject, bound: Uint8Array, sealed: Uint8Array, what: string): Uint8Array {
  if (sealed[0] !== format || sealed.length < overhead) throw brokenSeal(what);
  const end = sealed.length - tagLength;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceLength), {
    authTagLength: tagLength,
  });
  decipher.setAAD(bound);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(1 + nonceLength, end));
  try {
    decipher.final();
  } catch {
    plain.fill(0); // unauthenticated octets never leave this function
    throw brokenSeal(what);
  }
  return plain;
}

/** What a seal is bound to, as octets; JSON keeps neighbouring values apart. */
export function boundTo(purpose: string, ...values: readonly (string | number)[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(['chancery', format, purpose, ...values]));
}

function brokenSeal(what: string): Fault {
  return new Fault(
    'unavailable',
    `the seal of ${what} does not open: it was changed, or sealed for another owner or under another master key`,
    { what: 'vault', reason: 'broken-seal' },
  );
}
