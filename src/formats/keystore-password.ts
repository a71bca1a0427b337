import { randomInt } from 'node:crypto';

/**
 * A random key store password, ASCII: 24 characters of 54, about 138 bits. Only letters and digits that nobody
 * confuses when reading (no 0 O o 1 l I i 8) and that need no quoting in server.xml, a shell or a properties file.
 */
export function randomKeystorePassword(): Uint8Array {
  return Uint8Array.from({ length: 24 }, () => alphabet[randomInt(alphabet.length)] ?? 0);
}

const alphabet = new TextEncoder().encode('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz2345679');
