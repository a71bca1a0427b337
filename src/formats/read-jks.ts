import { createHash, timingSafeEqual } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import { readDer } from '../x509/der/reader.ts';
import { readJavaUtf } from './java-utf.ts';
import { sunKeyProtector, sunKeyStream, whitener, type JksEntry } from './jks.ts';
import { utf16Password } from './utf16-password.ts';

/**
 * Opens a Java key store of the old form (sun.security.provider.JavaKeyStore in OpenJDK) that holds one private key
 * entry under the store's own password: what `writeJks` writes, and keytool with -storetype JKS. `password` is UTF-8.
 * Certificates and key come out as the octets that went in; the key is the caller's to wipe. Throws Fault `malformed`;
 * `unsupported` (another version, other entries, several); `mismatch` (what `password`) when it does not open the store
 * or the key, or when any octet was changed.
 */
export function readJks(store: Uint8Array, password: Uint8Array): JksEntry {
  if (store.length > largest) malformed(`it has ${store.length} octets, at most ${largest} expected`);
  const body = new Octets(store.subarray(0, Math.max(0, store.length - digestSize)));
  if (body.uint32() !== 0xfeedfeed) malformed('it does not begin with FEEDFEED');
  const secret = utf16Password(password);
  try {
    const integrity = createHash('sha1').update(secret).update(whitener).update(body.octets).digest();
    if (!timingSafeEqual(integrity, store.subarray(body.octets.length))) mismatch('key store');
    return readEntry(body, secret);
  } finally {
    secret.fill(0);
  }
}

function readEntry(body: Octets, secret: Uint8Array): JksEntry {
  const [version, entries, kind] = [body.uint32(), body.uint32(), body.uint32()];
  if (version !== 2) unsupported(`it is of version ${version}, expected 2`);
  if (entries !== 1) unsupported(`it has ${entries} entries, expected 1`);
  if (kind !== 1) unsupported(`its entry is of kind ${kind}, expected 1, a private key`);
  const alias = readJavaUtf(body.take(body.uint16())) ?? malformed('its alias is not modified UTF-8');
  const createdAt = body.uint64();
  const sealed = body.take(body.uint32());
  const count = body.uint32();
  if (count < 1 || count > longestChain)
    unsupported(`its chain has ${count} certificates, expected 1 to ${longestChain}`);
  const [certificate, ...chain] = Array.from({ length: count }, () => readCertificate(body));
  body.finish();
  if (certificate === undefined) return malformed('it has no certificate');
  return { alias, createdAt, certificate, chain, privateKey: openKey(sealed, secret) };
}

function readCertificate(body: Octets): Uint8Array {
  const type = readJavaUtf(body.take(body.uint16()));
  if (type !== 'X.509') unsupported('a certificate in it is of another type than X.509');
  return body.take(body.uint32()).slice();
}

/** The inverse of Sun's key protection: salt ‖ key ⊕ stream ‖ SHA-1(password ‖ key) in an EncryptedPrivateKeyInfo. */
function openKey(sealed: Uint8Array, secret: Uint8Array): Uint8Array {
  const whole = readDer(sealed, 'key store');
  const info = whole.sequence();
  whole.finish();
  const algorithm = info.sequence();
  const oid = algorithm.oid();
  if (oid !== sunKeyProtector) unsupported(`its key is protected by ${oid}, expected ${sunKeyProtector}`);
  algorithm.null();
  algorithm.finish();
  const content = info.octetString();
  info.finish();
  if (content.length < 2 * digestSize) malformed(`its protected key has only ${content.length} octets`);
  const hidden = content.subarray(digestSize, content.length - digestSize);
  const key = sunKeyStream(hidden, content.subarray(0, digestSize), secret);
  const check = createHash('sha1').update(secret).update(key).digest();
  if (timingSafeEqual(check, content.subarray(content.length - digestSize))) return key;
  key.fill(0);
  return mismatch('private key in the key store');
}

/** A cursor whose every bound is checked before anything is made of it. */
class Octets {
  readonly octets: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.octets = octets;
    this.#view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  }

  take(length: number): Uint8Array {
    const left = this.octets.length - this.#at;
    if (length > left) malformed(`it has ${left} octets left where ${length} are expected`);
    this.#at += length;
    return this.octets.subarray(this.#at - length, this.#at);
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  uint64(): number {
    const value = this.#view.getBigUint64(this.#advance(8));
    return value <= latestDate ? Number(value) : malformed('its date lies beyond the year 275760');
  }

  finish(): void {
    const left = this.octets.length - this.#at;
    if (left > 0) malformed(`${left} octets follow its only entry`);
  }

  #advance(length: number): number {
    this.take(length);
    return this.#at - length;
  }
}

function malformed(found: string): never {
  throw new Fault('malformed', `the key store is not a JKS: ${found}`, { what: 'key store' });
}

function unsupported(found: string): never {
  throw new Fault('unsupported', `the key store cannot be used: ${found}`, { what: 'key store' });
}

function mismatch(what: string): never {
  throw new Fault('mismatch', `the password does not open the ${what}, or its octets were changed`, {
    what: 'password',
  });
}

/** SHA-1's, and the salt's. */
const digestSize = 20;
const largest = 1024 * 1024;
const longestChain = 100;
/** The last millisecond that a Date can hold (ECMA-262, Time Values). */
const latestDate = 8_640_000_000_000_000n;
