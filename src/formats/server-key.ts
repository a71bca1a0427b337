import { encryptedPkcs8Pem } from './encrypted-pkcs8.ts';
import type { Newline } from './pem-text.ts';
import { traditionalPem } from './traditional-key.ts';

/**
 * A server's key as PEM, its last line ended: PKCS#1 or SEC 1 when plain, which every server of the last decades reads
 * and which Huawei's examples show. With a password it is encrypted PKCS#8 instead: the traditional form could only
 * be encrypted by one round of MD5 (OpenSSL's `Proc-Type: 4,ENCRYPTED`), which protects nothing today.
 * @param pkcs8 DER; it and the result are the caller's to wipe
 * @param password octets as given; absent or empty means plain
 */
export async function serverKeyPem(
  pkcs8: Uint8Array,
  password: Uint8Array | undefined,
  newline: Newline = '\n',
): Promise<Uint8Array> {
  return password === undefined || password.length === 0
    ? traditionalPem(pkcs8, newline)
    : encryptedPkcs8Pem(pkcs8, password, newline);
}
