import { readPrivateKeyInfo } from './private-key-info.ts';
import { readSec1, writeSec1 } from './sec1.ts';
import { writeSecretPem } from './secret-pem.ts';
import type { Newline } from './pem-text.ts';

/**
 * The PEM that servers have always read: `RSA PRIVATE KEY` (PKCS#1) or `EC PRIVATE KEY` (SEC 1, with its curve). An ML-DSA
 * key has no other form than PKCS#8.
 * @param pkcs8 DER; stays the caller's to wipe, and so is the result. Faults: as `readPrivateKeyInfo`.
 */
export function traditionalPem(pkcs8: Uint8Array, newline: Newline = '\n'): Uint8Array {
  const info = readPrivateKeyInfo(pkcs8);
  if (info.kind === 'RSA') return writeSecretPem('RSA PRIVATE KEY', info.pkcs1, newline);
  if (info.kind === 'ML-DSA') return writeSecretPem('PRIVATE KEY', pkcs8, newline);
  const sec1 = writeSec1(readSec1(info.sec1, info.curveOid), { named: true });
  try {
    return writeSecretPem('EC PRIVATE KEY', sec1, newline);
  } finally {
    sec1.fill(0);
  }
}
