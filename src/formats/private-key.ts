/**
 * A private key as someone brings it: PEM or DER; PKCS#8, PKCS#1 or SEC 1. What comes out is one canonical form,
 * checked as a whole: nothing behind this door looks at the parts of a key again.
 */
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import { familyOfKey, type KeyAlgorithm } from '../core/key.ts';
import { readDer } from '../x509/der/reader.ts';
import { tags } from '../x509/der/tags.ts';
import { looksLikePem, readPemBlocks } from '../x509/pem.ts';
import { checkPkcs1 } from './pkcs1.ts';
import { checkMlDsaKey } from './ml-dsa-key.ts';
import { type PrivateKeyInfo, readPrivateKeyInfo, writePrivateKeyInfo } from './private-key-info.ts';
import { readSec1, writeSec1 } from './sec1.ts';

export interface ImportedKey {
  /** PKCS#8, DER, version 0; EC keys with their public point, ML-DSA keys as their seed if they brought it. Wiped by the caller. */
  readonly pkcs8: Uint8Array;
  readonly algorithm: KeyAlgorithm;
  /** SubjectPublicKeyInfo, DER: to compare with a certificate's. */
  readonly publicKey: Uint8Array;
}

/**
 * Throws Fault (what `private key`): `malformed`; `invalid` with reason `encrypted` or `inconsistent`; `unsupported`
 * with reason `algorithm` for anything that is not in `keyAlgorithms`.
 */
export function readPrivateKey(input: Uint8Array): ImportedKey {
  if (!looksLikePem(input)) return readDerKey(input);
  const der = readPemKey(input);
  try {
    return readDerKey(der);
  } finally {
    der.fill(0);
  }
}

const labels = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'EC PARAMETERS'];
const textLimit = 64 * 1024;

function readPemKey(input: Uint8Array): Uint8Array {
  // RFC 1421 headers, as OpenSSL's traditional forms carry them when encrypted.
  if (input.length <= textLimit && new TextDecoder('latin1').decode(input).includes('Proc-Type: 4,ENCRYPTED')) {
    encrypted();
  }
  const blocks = readPemBlocks(input, { labels, what: 'private key', limit: textLimit });
  if (blocks.some(({ label }) => label === 'ENCRYPTED PRIVATE KEY')) encrypted();
  // `openssl ecparam -genkey` writes the curve once more, in a block of its own in front.
  const [key, ...others] = blocks[0]?.label === 'EC PARAMETERS' ? blocks.slice(1) : blocks;
  if (key === undefined || others.length > 0 || key.label === 'EC PARAMETERS') {
    for (const { der } of blocks) der.fill(0);
    throw new Fault('malformed', `found ${blocks.length} PEM blocks, expected one private key`, {
      what: 'private key',
      reason: 'several',
    });
  }
  const expected = { 'RSA PRIVATE KEY': 'PKCS#1', 'EC PRIVATE KEY': 'SEC 1', 'PRIVATE KEY': 'PKCS#8' }[key.label];
  const found = formOf(key.der);
  if (found !== expected) {
    key.der.fill(0);
    throw new Fault('malformed', `the PEM block is labelled ${key.label} and holds ${found}`, {
      what: 'private key',
      reason: 'label',
    });
  }
  return key.der;
}

function readDerKey(der: Uint8Array): ImportedKey {
  switch (formOf(der)) {
    case 'encrypted PKCS#8':
      return encrypted();
    case 'PKCS#1':
      return rsaKey(der);
    case 'SEC 1':
      return ecKey(der);
    case 'PKCS#8': {
      const info = readPrivateKeyInfo(der);
      switch (info.kind) {
        case 'RSA':
          return rsaKey(info.pkcs1);
        case 'EC':
          return ecKey(info.sec1, info.curveOid);
        case 'ML-DSA':
          return mlDsaKey(info);
      }
    }
  }
}

/** Told by the first two elements: INTEGER SEQUENCE, INTEGER INTEGER, INTEGER OCTET STRING, or SEQUENCE. */
function formOf(der: Uint8Array): 'PKCS#8' | 'PKCS#1' | 'SEC 1' | 'encrypted PKCS#8' {
  const whole = readDer(der, 'private key');
  const key = whole.sequence();
  whole.finish();
  if (key.has(tags.sequence)) return 'encrypted PKCS#8';
  key.integer();
  if (key.has(tags.sequence)) return 'PKCS#8';
  if (key.has(tags.integer)) return 'PKCS#1';
  if (key.has(tags.octetString)) return 'SEC 1';
  return key.fail('it is neither PKCS#8 nor PKCS#1 nor SEC 1');
}

function rsaKey(pkcs1: Uint8Array): ImportedKey {
  const algorithm = checkPkcs1(pkcs1);
  return proven(writePrivateKeyInfo({ kind: 'RSA', pkcs1 }), algorithm);
}

function ecKey(der: Uint8Array, curveOid?: string): ImportedKey {
  const key = readSec1(der, curveOid);
  const sec1 = writeSec1(key, { named: false });
  try {
    return proven(writePrivateKeyInfo({ kind: 'EC', curveOid: key.curve.oid, sec1 }), key.curve.algorithm);
  } finally {
    sec1.fill(0);
  }
}

/** A key that brought its seed keeps nothing else: the shortest form, and the one that RFC 9881 §6 recommends. */
function mlDsaKey({ set, choice }: Extract<PrivateKeyInfo, { kind: 'ML-DSA' }>): ImportedKey {
  checkMlDsaKey(choice, set);
  const given = writePrivateKeyInfo({ kind: 'ML-DSA', set, choice });
  try {
    return proven(exported(given), set.algorithm);
  } finally {
    given.fill(0);
  }
}

/** As OpenSSL writes it, which is by the seed when it has one. Fault `invalid` when seed and expanded key disagree. */
function exported(pkcs8: Uint8Array): Uint8Array {
  let octets: Buffer;
  try {
    octets = keyObjectOf(pkcs8).export({ format: 'der', type: 'pkcs8' });
  } catch {
    return inconsistent();
  }
  const own = new Uint8Array(octets);
  octets.fill(0);
  return own;
}

/** Only a key that makes a signature which its public half accepts gets in. */
function proven(pkcs8: Uint8Array, algorithm: KeyAlgorithm): ImportedKey {
  try {
    const key = keyObjectOf(pkcs8);
    const publicKey = createPublicKey(key);
    const digest = familyOfKey(algorithm) === 'ML-DSA' ? null : 'sha256';
    if (verify(digest, probe, publicKey, sign(digest, probe, key))) {
      return { pkcs8, algorithm, publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
    }
  } catch {
    // Falls through: OpenSSL's words would say nothing more to whoever brought the key.
  }
  pkcs8.fill(0);
  return inconsistent();
}

function keyObjectOf(pkcs8: Uint8Array): KeyObject {
  const key = Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function inconsistent(): never {
  throw new Fault('invalid', 'the private key makes no signature that its public key accepts', {
    what: 'private key',
    reason: 'inconsistent',
  });
}

const probe = new TextEncoder().encode('chancery: does this private key sign?');

function encrypted(): never {
  throw new Fault('invalid', 'the private key is encrypted, expected one without a passphrase', {
    what: 'private key',
    reason: 'encrypted',
  });
}
