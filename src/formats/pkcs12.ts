import { createHash, createHmac, randomBytes } from 'node:crypto';
import { tags } from '../x509/der/tags.ts';
import * as der from '../x509/der/writer.ts';
import { legacyProfile, modernProfile, type Pkcs12Profile } from './pkcs12-encryption.ts';
import { purposes } from './pkcs12-kdf.ts';
import { derivePkcs12InThread } from './pkcs12-pool.ts';
import { bmpPassword, utf16Password } from './utf16-password.ts';

export interface Pkcs12Content {
  /** PKCS#8, DER; wiped by its owner, not here. */
  readonly privateKey: Uint8Array;
  readonly certificate: Uint8Array;
  /** Issuer first, root last. */
  readonly chain: readonly Uint8Array[];
  /** What Windows shows and Java uses as the alias. */
  readonly friendlyName: string;
}

/**
 * PFX (RFC 7292 §4): the certificates encrypted, the key in a shrouded bag, a MAC over both; integrity and privacy
 * under one password. `password` is UTF-8 and may be empty. Java opens such stores only with ASCII passwords (its
 * PBEKey says "Password is not ASCII", for any writer's file); OpenSSL and Windows take all.
 * Throws Fault `invalid` when the password is not UTF-8.
 */
export async function writePkcs12(
  content: Pkcs12Content,
  password: Uint8Array,
  { legacy }: { readonly legacy: boolean },
): Promise<Uint8Array> {
  const profile = legacy ? legacyProfile : modernProfile;
  utf16Password(password).fill(0); // refuses before anything is encrypted
  const attributes = leafAttributes(content);
  const certificates = der.sequence(
    certificateBag(content.certificate, attributes),
    ...content.chain.map((one) => certificateBag(one)),
  );
  const [encrypted, shrouded] = await Promise.all([
    profile.seal(certificates, password, 'certificates'),
    profile.seal(content.privateKey, password, 'key'),
  ]);
  const keyBag = safeBag(
    oids.shroudedKeyBag,
    der.sequence(shrouded.algorithm, der.octetString(shrouded.ciphertext)),
    attributes,
  );
  const safe = der.sequence(
    encryptedContent(encrypted.algorithm, encrypted.ciphertext),
    plainContent(der.sequence(keyBag)),
  );
  return der.sequence(der.integer(3), plainContent(safe), await macOf(safe, password, profile));
}

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
} as const;

const macOids = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const;

/** The same localKeyID on key and leaf tells readers which certificate is the key's (RFC 7292 §4.2). */
function leafAttributes({ certificate, friendlyName }: Pkcs12Content): Uint8Array {
  const name = utf16Password(new TextEncoder().encode(friendlyName.toWellFormed()));
  const keyId = createHash('sha1').update(certificate).digest();
  return der.setOf([
    der.sequence(der.oid(oids.friendlyName), der.setOf([der.element(tags.bmpString, name)])),
    der.sequence(der.oid(oids.localKeyId), der.setOf([der.octetString(keyId)])),
  ]);
}

function certificateBag(certificate: Uint8Array, attributes?: Uint8Array): Uint8Array {
  const value = der.sequence(der.oid(oids.x509Certificate), der.explicit(0, der.octetString(certificate)));
  return safeBag(oids.certBag, value, attributes);
}

function safeBag(oid: string, value: Uint8Array, attributes?: Uint8Array): Uint8Array {
  const parts = [der.oid(oid), der.explicit(0, value)];
  return der.sequence(...parts, ...(attributes === undefined ? [] : [attributes]));
}

function plainContent(content: Uint8Array): Uint8Array {
  return der.sequence(der.oid(oids.data), der.explicit(0, der.octetString(content)));
}

/** EncryptedData of PKCS#7 (RFC 2315 §13), version 0. */
function encryptedContent(algorithm: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const info = der.sequence(der.oid(oids.data), algorithm, der.implicit(0, der.octetString(ciphertext)));
  return der.sequence(der.oid(oids.encryptedData), der.explicit(0, der.sequence(der.integer(0), info)));
}

/** MacData (RFC 7292 §4, appendix B): HMAC over the content octets of authSafe. */
async function macOf(safe: Uint8Array, password: Uint8Array, profile: Pkcs12Profile): Promise<Uint8Array> {
  const { macHash, macIterations } = profile;
  const salt = randomBytes(16);
  const bmp = bmpPassword(password);
  const length = macHash === 'sha1' ? 20 : 32;
  const key = await derivePkcs12InThread({
    hash: macHash,
    purpose: purposes.mac,
    password: bmp,
    salt,
    iterations: macIterations,
    length,
  }).finally(() => bmp.fill(0));
  const digest = createHmac(macHash, key).update(safe).digest();
  key.fill(0);
  const algorithm = der.sequence(der.oid(macOids[macHash]), der.nullValue());
  return der.sequence(
    der.sequence(algorithm, der.octetString(digest)),
    der.octetString(salt),
    der.integer(macIterations),
  );
}
