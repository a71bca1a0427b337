/** Private keys at rest: each under a data key of its own, the data key under the master key. */
import { createSecretKey, type KeyObject, randomFillSync } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import type { AccountId, KeyId } from '../core/ids.ts';
import type { KeyAlgorithm, SealedKey } from '../core/key.ts';
import type { MasterKey } from './master-key.ts';
import { boundTo, open, seal } from './seal.ts';

/** A key pair in the clear, on its way into or out of a seal. */
export interface KeyPair {
  readonly algorithm: KeyAlgorithm;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** PKCS#8, DER; to be wiped by whoever made it. */
  readonly privateKey: Uint8Array;
}

/** Seals a pair to its owner: account, key id, algorithm, public key and master key version all hold the seal. */
export function sealKey(masterKey: MasterKey, account: AccountId, id: KeyId, pair: KeyPair): SealedKey {
  const row = {
    id,
    account,
    algorithm: pair.algorithm,
    publicKey: Uint8Array.from(pair.publicKey),
    masterKeyVersion: masterKey.version,
  };
  const octets = randomFillSync(new Uint8Array(32));
  try {
    const dataKey = createSecretKey(octets);
    return {
      ...row,
      wrappedDataKey: seal(masterKey.key, bindingOf('data key', row), octets),
      sealedPrivateKey: seal(dataKey, bindingOf('private key', row), pair.privateKey),
    };
  } finally {
    octets.fill(0);
  }
}

/**
 * The PKCS#8 key (DER), the caller's to wipe. `account` is the one that asks, not the one that the row names:
 * a row of another account does not open. Throws Fault `unavailable`, reason `broken-seal` or `master-key`.
 */
export function openKey(masterKey: MasterKey, account: AccountId, sealed: SealedKey): Uint8Array {
  if (sealed.masterKeyVersion !== masterKey.version) {
    throw new Fault(
      'unavailable',
      `key ${sealed.id} is sealed under master key ${sealed.masterKeyVersion}, this server holds ${masterKey.version}`,
      { what: 'vault', reason: 'master-key' },
    );
  }
  const row = { ...sealed, account };
  const dataKey = unwrap(masterKey, row);
  return open(dataKey, bindingOf('private key', row), sealed.sealedPrivateKey, `key ${sealed.id}`);
}

type Row = Omit<SealedKey, 'wrappedDataKey' | 'sealedPrivateKey'>;

function unwrap(masterKey: MasterKey, row: Row & Pick<SealedKey, 'wrappedDataKey'>): KeyObject {
  const octets = open(masterKey.key, bindingOf('data key', row), row.wrappedDataKey, `key ${row.id}`);
  try {
    return createSecretKey(octets);
  } finally {
    octets.fill(0);
  }
}

function bindingOf(purpose: 'data key' | 'private key', row: Row): Uint8Array {
  const publicKey = Buffer.from(row.publicKey).toString('base64');
  return boundTo(purpose, row.account, row.id, row.algorithm, row.masterKeyVersion, publicKey);
}
