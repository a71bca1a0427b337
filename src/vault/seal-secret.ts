/**
 * Small secrets (an access key's), sealed to account and name directly under the master key.
 * Octets: layout (1), master key version (4, big endian), then a seal.
 */
import { Fault } from '../core/fault.ts';
import type { AccountId } from '../core/ids.ts';
import type { MasterKey } from './master-key.ts';
import { boundTo, open, seal } from './seal.ts';

const layout = 1;
const headLength = 5;

export function sealSecret(masterKey: MasterKey, account: AccountId, name: string, secret: Uint8Array): Uint8Array {
  const sealed = seal(masterKey.key, boundTo('secret', account, name, masterKey.version), secret);
  const row = new Uint8Array(headLength + sealed.length);
  row[0] = layout;
  new DataView(row.buffer).setUint32(1, masterKey.version);
  row.set(sealed, headLength);
  return row;
}

/** The secret, the caller's to wipe. Throws Fault `unavailable`, reason `broken-seal` or `master-key`. */
export function openSecret(masterKey: MasterKey, account: AccountId, name: string, row: Uint8Array): Uint8Array {
  const what = `the secret ${name}`;
  if (row.length < headLength || row[0] !== layout) {
    throw new Fault('unavailable', `${what} is not sealed in a layout that this version knows`, {
      what: 'vault',
      reason: 'broken-seal',
    });
  }
  const version = new DataView(row.buffer, row.byteOffset).getUint32(1);
  if (version !== masterKey.version) {
    throw new Fault(
      'unavailable',
      `${what} is sealed under master key ${version}, this server holds ${masterKey.version}`,
      { what: 'vault', reason: 'master-key' },
    );
  }
  return open(masterKey.key, boundTo('secret', account, name, version), row.subarray(headLength), what);
}
