import { Fault } from '../core/fault.ts';
import { readDer } from '../x509/der/reader.ts';
import * as der from '../x509/der/writer.ts';
import { keyIterations, pbes2Decrypt, pbes2Encrypt } from './pbes2.ts';
import type { Newline } from './pem-text.ts';
import { readPrivateKey, type ImportedKey } from './private-key.ts';
import { writeSecretPem } from './secret-pem.ts';

/**
 * EncryptedPrivateKeyInfo (RFC 5958 §3), DER: PBES2, PBKDF2 with HMAC-SHA-256 and 100,000 iterations, AES-256-CBC.
 * Takes the passphrase's octets as they are, as OpenSSL does. Wipes neither argument.
 */
export async function encryptPkcs8(pkcs8: Uint8Array, passphrase: Uint8Array): Promise<Uint8Array> {
  const { algorithm, ciphertext } = await pbes2Encrypt(pkcs8, passphrase, keyIterations);
  return der.sequence(algorithm, der.octetString(ciphertext));
}

/** The same as PEM `ENCRYPTED PRIVATE KEY`, its last line ended. */
export async function encryptedPkcs8Pem(
  pkcs8: Uint8Array,
  passphrase: Uint8Array,
  newline: Newline = '\n',
): Promise<Uint8Array> {
  return writeSecretPem('ENCRYPTED PRIVATE KEY', await encryptPkcs8(pkcs8, passphrase), newline);
}

/**
 * Opens what `encryptPkcs8` writes (and others who chose the same algorithms). The key is the caller's to wipe.
 * Throws Fault `malformed`, `unsupported` (other algorithms), `mismatch` (what `passphrase`) when it does not open it.
 */
export async function decryptPkcs8(encrypted: Uint8Array, passphrase: Uint8Array): Promise<ImportedKey> {
  const whole = readDer(encrypted, 'private key');
  const info = whole.sequence();
  whole.finish();
  const algorithm = info.element();
  const ciphertext = info.octetString();
  info.finish();
  const plain = await pbes2Decrypt(readDer(algorithm, 'private key'), ciphertext, passphrase);
  try {
    if (plain !== undefined) return readPrivateKey(plain);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  } finally {
    plain?.fill(0);
  }
  throw new Fault('mismatch', 'the passphrase does not open the private key, or its bytes were changed', {
    what: 'passphrase',
  });
}
