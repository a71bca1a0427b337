import { createHash, randomBytes } from 'node:crypto';
import type { EpochMs } from '../core/ids.ts';
import * as der from '../x509/der/writer.ts';
import { javaUtf } from './java-utf.ts';
import { utf16Password } from './utf16-password.ts';

export interface JksEntry {
  /** PKCS#8, DER; wiped by its owner, not here. */
  readonly privateKey: Uint8Array;
  readonly certificate: Uint8Array;
  /** Issuer first, root last. */
  readonly chain: readonly Uint8Array[];
  /** Java compares aliases in lower case and JKS stores them so. */
  readonly alias: string;
  readonly createdAt: EpochMs;
}

/**
 * A Java keystore of the old form with one private key entry: `server.jks` for Tomcat. Store and key have the same
 * password, as Tomcat expects unless told otherwise. The format is Sun's (sun.security.provider.JavaKeyStore and
 * KeyProtector in OpenJDK); its protection is SHA-1 without iterations, so the password must carry all the strength.
 * `password` is UTF-8. Throws Fault `invalid` when it is not.
 */
export function writeJks(entry: JksEntry, password: Uint8Array): Uint8Array {
  const secret = utf16Password(password);
  try {
    const chain = [entry.certificate, ...entry.chain];
    const body = Buffer.concat([
      uint32(0xfeedfeed),
      uint32(2), // version
      uint32(1), // entries
      uint32(1), // a private key entry
      javaUtf(entry.alias.toLowerCase()),
      uint64(entry.createdAt),
      sized(protectKey(entry.privateKey, secret)),
      uint32(chain.length),
      ...chain.flatMap((certificate) => [javaUtf('X.509'), sized(certificate)]),
    ]);
    const integrity = createHash('sha1').update(secret).update(whitener).update(body).digest();
    return new Uint8Array(Buffer.concat([body, integrity]));
  } finally {
    secret.fill(0);
  }
}

/** Sun's own algorithm: EncryptedPrivateKeyInfo over salt ‖ key ⊕ stream ‖ SHA-1(password ‖ key). */
function protectKey(key: Uint8Array, secret: Uint8Array): Uint8Array {
  const salt = randomBytes(20);
  const hidden = sunKeyStream(key, salt, secret);
  const check = createHash('sha1').update(secret).update(key).digest();
  const algorithm = der.sequence(der.oid(sunKeyProtector), der.nullValue());
  return der.sequence(algorithm, der.octetString(salt, hidden, check));
}

/** `octets` ⊕ SHA-1(password ‖ salt) ‖ SHA-1(password ‖ the digest before) ‖ …: hides a key, and shows a hidden one. */
export function sunKeyStream(octets: Uint8Array, salt: Uint8Array, secret: Uint8Array): Uint8Array {
  const out = new Uint8Array(octets.length);
  let stream = salt;
  for (let at = 0; at < octets.length; at += stream.length) {
    stream = createHash('sha1').update(secret).update(stream).digest();
    for (let i = 0; i < stream.length && at + i < octets.length; i++)
      out[at + i] = (octets[at + i] ?? 0) ^ (stream[i] ?? 0);
  }
  return out;
}

/** KeyProtector's own OID, below Sun's arc. */
export const sunKeyProtector = '1.3.6.1.4.1.42.2.17.1.1';

/** What the integrity digest has between the password and the store. */
export const whitener: Uint8Array = new TextEncoder().encode('Mighty Aphrodite');

function sized(octets: Uint8Array): Uint8Array {
  return Buffer.concat([uint32(octets.length), octets]);
}

function uint32(value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(value);
  return out;
}

function uint64(value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(Math.floor(value)));
  return out;
}
