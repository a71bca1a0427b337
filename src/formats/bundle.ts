/**
 * Server bundles: the files that a kind of server wants, under the names that Huawei's PCA export gives them.
 * Which members and names: API reference of CCM, ExportCertificate (private certificates), tables of the five types.
 * One file per server in `bundles/`; what a member's bytes are is said elsewhere in this room.
 */
import type { EpochMs } from '../core/ids.ts';
import { apache } from './bundles/apache.ts';
import { iis } from './bundles/iis.ts';
import { nginx } from './bundles/nginx.ts';
import { other } from './bundles/other.ts';
import { tomcat } from './bundles/tomcat.ts';
import type { Member } from './zip.ts';

export const serverTypes = ['apache', 'nginx', 'iis', 'tomcat', 'other'] as const;
export type ServerType = (typeof serverTypes)[number];

export interface BundleInput {
  /** The certificate's name: friendly name and alias in key stores; `server` when it is empty. */
  readonly name: string;
  readonly certificate: Uint8Array;
  /** Issuer first, root last. */
  readonly chain: readonly Uint8Array[];
  /** PKCS#8, DER; absent when its owner made it (CSR). Wiped by the caller. */
  readonly privateKey?: Uint8Array;
  /** UTF-8; absent or empty means none. Wiped by the caller. */
  readonly password?: Uint8Array;
  /** PFX for Windows Server 2016 and older. */
  readonly legacyPkcs12: boolean;
  /** The date of a key store's entry. */
  readonly now: EpochMs;
}

/** What a bundle with a key is made of. */
export interface KeyedBundleInput extends BundleInput {
  readonly privateKey: Uint8Array;
}

/** What one kind of server gets, with the key held here and without. */
export interface ServerBundle {
  readonly withKey: (input: KeyedBundleInput) => Promise<readonly Member[]>;
  readonly withoutKey: (input: BundleInput) => readonly Member[];
}

/**
 * The members in the order of the reference. IIS and TOMCAT differ on every call when no password is given: they get
 * a random one, in `keystorePass.txt`; with a password that file is left out.
 * Throws Fault `invalid` when the password is not UTF-8 (key stores only).
 */
export async function serverBundle(type: ServerType, input: BundleInput): Promise<readonly Member[]> {
  const { privateKey } = input;
  const named = { ...input, name: input.name === '' ? 'server' : input.name };
  const bundle = bundles[type];
  return privateKey === undefined ? bundle.withoutKey(named) : bundle.withKey({ ...named, privateKey });
}

const bundles = { apache, nginx, iis, tomcat, other } satisfies Record<ServerType, ServerBundle>;
