/** The two ways in which a PFX is protected. Both keep RFC 7292's own MAC: PBMAC1 is unreadable to most consumers. */
import { createCipheriv, randomBytes } from 'node:crypto';
import * as der from '../x509/der/writer.ts';
import { purposes } from './pkcs12-kdf.ts';
import { derivePkcs12InThread } from './pkcs12-pool.ts';
import { keyIterations, pbes2Encrypt, type Sealed } from './pbes2.ts';
import { bmpPassword } from './utf16-password.ts';

export interface Pkcs12Profile {
  readonly macHash: 'sha1' | 'sha256';
  readonly macIterations: number;
  readonly seal: (plain: Uint8Array, password: Uint8Array, content: 'key' | 'certificates') => Promise<Sealed>;
}

/** AES-256-CBC under PBES2 with HMAC-SHA-256, MAC with SHA-256: OpenSSL 3's and Java 17's own choice. */
export const modernProfile: Pkcs12Profile = {
  macHash: 'sha256',
  macIterations: 10_000,
  // The certificates are public: they are encrypted because Windows expects it, so a few iterations do.
  seal: (plain, password, content) => pbes2Encrypt(plain, password, content === 'key' ? keyIterations : 10_000),
};

/**
 * pbeWithSHAAnd3-KeyTripleDES-CBC and a SHA-1 MAC: what Windows Server 2016 and older can open (they know no PBES2).
 * Chosen by a setting of server or account, never by default.
 */
export const legacyProfile: Pkcs12Profile = {
  macHash: 'sha1',
  macIterations: 10_000,
  seal: (plain, password, content) => tripleDes(plain, password, content === 'key' ? 10_000 : 2_048),
};

/** RFC 7292 appendix C: key and initialisation vector both come from the password, as a BMPString. */
async function tripleDes(plain: Uint8Array, password: Uint8Array, iterations: number): Promise<Sealed> {
  const salt = randomBytes(16);
  const bmp = bmpPassword(password);
  const common = { hash: 'sha1', password: bmp, salt, iterations } as const;
  const [key, iv] = await Promise.all([
    derivePkcs12InThread({ ...common, purpose: purposes.key, length: 24 }),
    derivePkcs12InThread({ ...common, purpose: purposes.iv, length: 8 }),
  ]).finally(() => bmp.fill(0));
  try {
    const cipher = createCipheriv('des-ede3-cbc', key, iv);
    return {
      algorithm: der.sequence(
        der.oid('1.2.840.113549.1.12.1.3'),
        der.sequence(der.octetString(salt), der.integer(iterations)),
      ),
      ciphertext: new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()])),
    };
  } finally {
    key.fill(0);
  }
}
