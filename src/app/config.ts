/**
 * The configuration, typed and checked: the whole contract of the CHANCERY_* variables.
 * A bad value throws BadConfiguration with one sentence that names the variable; secrets are Hidden at once.
 */
import { join, resolve } from 'node:path';
import { type AccessKeyId, type AccountId, accessKeyId, accountId, type Region, region } from '../core/ids.ts';
import { poolAccount } from '../core/commands.ts';
import { type PaceName, paceNames } from '../services/pace.ts';
import { BadConfiguration } from './bad-configuration.ts';
import { readBaseUrl } from './base-url.ts';
import { type DatabaseLocation, readDatabaseUrl } from './database-url.ts';
import type { Environment, VariableName } from './env.ts';
import { Hidden } from './hidden.ts';
import { isLoopback, type ListenAddress, readListenAddress } from './listen-address.ts';
import { type ObjectStoreConfig, readObjectStore } from './object-store-config.ts';
import { oneOf, shaped } from './variable.ts';

export const limitsNames = ['none', 'aws'] as const;
export type LimitsName = (typeof limitsNames)[number];

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What seals private keys at rest. `isDefault`: made in the data folder, which deserves a warning. */
export type MasterKeySource =
  | { readonly kind: 'key-file'; readonly file: string; readonly isDefault: boolean }
  | { readonly kind: 'passphrase-file'; readonly file: string };

export interface Config {
  /** Absolute. */
  readonly home: string;
  readonly listen: ListenAddress;
  readonly database: DatabaseLocation;
  /** Absent: made at first start. */
  readonly account?: AccountId;
  /** Absent: made at first start. The secret is UTF-8 bytes. */
  readonly accessKey?: { readonly id: AccessKeyId; readonly secret: Hidden<Uint8Array> };
  readonly masterKey: MasterKeySource;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** As given; `publicUrlOf` derives the default. No trailing slash. */
  readonly publicUrl?: string;
  /** Absent: the main listener serves relying parties too. */
  readonly pkiListen?: ListenAddress;
  /** As given; `pkiUrlOf` derives the default. No trailing slash. */
  readonly pkiUrl?: string;
  /** Absent: a folder of the data folder. */
  readonly objectStore?: ObjectStoreConfig;
  readonly region: Region;
  /** Whose delays are imitated. */
  readonly pace: PaceName;
  /** Whose quotas bound what an account may do. */
  readonly limits: LimitsName;
  readonly logLevel: LogLevel;
  /** The machine's name, for URLs when a listener takes every address. */
  readonly hostName: string;
}

/** What the checks need to know of the machine. */
export interface Surroundings {
  /** Relative paths count from here. */
  readonly cwd: string;
  readonly hostName: string;
  /** What can be read at a path. */
  readonly look: (path: string) => 'file' | 'folder' | undefined;
}

/** Throws BadConfiguration. */
export function readConfig(env: Environment, surroundings: Surroundings): Config {
  const home = readHome(env, surroundings);
  const tls = readTls(env, surroundings);
  const listen = readListenAddress('CHANCERY_LISTEN', env.CHANCERY_LISTEN ?? '127.0.0.1:8600');
  refusePlaintext(env, listen, tls !== undefined);
  return {
    home,
    listen,
    database: readDatabaseUrl(env.CHANCERY_DATABASE_URL, home, surroundings.cwd),
    ...optional('account', readAccount(env)),
    ...optional('accessKey', readAccessKey(env)),
    masterKey: readMasterKey(env, home, surroundings),
    ...optional('tls', tls),
    ...optional('publicUrl', readPublicUrl(env)),
    ...optional('pkiListen', readPkiListen(env, listen, tls !== undefined)),
    ...optional('pkiUrl', env.CHANCERY_PKI_URL && readBaseUrl('CHANCERY_PKI_URL', env.CHANCERY_PKI_URL, ['http:'])),
    ...optional('objectStore', readObjectStore(env)),
    region: shaped('CHANCERY_REGION', env.CHANCERY_REGION ?? 'us-east-1', region),
    pace: oneOf('CHANCERY_PACE', env.CHANCERY_PACE ?? 'prompt', paceNames),
    limits: oneOf('CHANCERY_LIMITS', env.CHANCERY_LIMITS ?? 'none', limitsNames),
    logLevel: oneOf('CHANCERY_LOG_LEVEL', env.CHANCERY_LOG_LEVEL ?? 'info', logLevels),
    hostName: surroundings.hostName,
  };
}

function readHome(env: Environment, { cwd, look }: Surroundings): string {
  const home = resolve(cwd, env.CHANCERY_HOME ?? 'chancery-data');
  if (look(home) === 'file') throw new BadConfiguration(`CHANCERY_HOME is ${home}, which is a file, expected a folder`);
  return home;
}

function refusePlaintext(env: Environment, listen: ListenAddress, hasTls: boolean): void {
  const isAllowed = oneOf('CHANCERY_ALLOW_PLAINTEXT', env.CHANCERY_ALLOW_PLAINTEXT ?? 'no', ['yes', 'no']) === 'yes';
  if (hasTls || isAllowed || isLoopback(listen)) return;
  throw new BadConfiguration(
    `CHANCERY_LISTEN is ${listen.host}:${listen.port}, which is not loopback, and there is no TLS: ` +
      'set CHANCERY_TLS_CERT_FILE and CHANCERY_TLS_KEY_FILE, or CHANCERY_ALLOW_PLAINTEXT=yes behind a TLS proxy',
  );
}

function readAccount({ CHANCERY_ACCOUNT_ID: text }: Environment): AccountId | undefined {
  if (text === undefined) return undefined;
  const account = shaped('CHANCERY_ACCOUNT_ID', text, accountId);
  if (account === poolAccount) throw new BadConfiguration(`CHANCERY_ACCOUNT_ID is ${text}, which is reserved`);
  return account;
}

function readAccessKey(env: Environment): Config['accessKey'] {
  const { CHANCERY_ACCESS_KEY_ID: id, CHANCERY_SECRET_ACCESS_KEY: secret } = env;
  if (!isPair(env, 'CHANCERY_ACCESS_KEY_ID', 'CHANCERY_SECRET_ACCESS_KEY')) return undefined;
  if (id === undefined || secret === undefined) return undefined;
  if (!/^[!-~]{16,128}$/.test(secret)) {
    throw new BadConfiguration('CHANCERY_SECRET_ACCESS_KEY must have 16 to 128 visible ASCII characters and no space');
  }
  return {
    id: shaped('CHANCERY_ACCESS_KEY_ID', id, accessKeyId),
    secret: new Hidden(new TextEncoder().encode(secret)),
  };
}

function readMasterKey(env: Environment, home: string, surroundings: Surroundings): MasterKeySource {
  if (env.CHANCERY_MASTER_KEY_FILE !== undefined && env.CHANCERY_MASTER_PASSPHRASE_FILE !== undefined) {
    throw new BadConfiguration(
      'CHANCERY_MASTER_KEY_FILE and CHANCERY_MASTER_PASSPHRASE_FILE are both set, expected only one of them',
    );
  }
  const passphrase = readFileName('CHANCERY_MASTER_PASSPHRASE_FILE', env, surroundings);
  if (passphrase !== undefined) return { kind: 'passphrase-file', file: passphrase };
  const key = readFileName('CHANCERY_MASTER_KEY_FILE', env, surroundings);
  return { kind: 'key-file', file: key ?? join(home, 'master.key'), isDefault: key === undefined };
}

function readTls(env: Environment, surroundings: Surroundings): Config['tls'] {
  if (!isPair(env, 'CHANCERY_TLS_CERT_FILE', 'CHANCERY_TLS_KEY_FILE')) return undefined;
  const certFile = readFileName('CHANCERY_TLS_CERT_FILE', env, surroundings);
  const keyFile = readFileName('CHANCERY_TLS_KEY_FILE', env, surroundings);
  return certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile };
}

function readPublicUrl({ CHANCERY_PUBLIC_URL: text }: Environment): string | undefined {
  if (text === undefined) return undefined;
  const url = readBaseUrl('CHANCERY_PUBLIC_URL', text, ['https:', 'http:']);
  if (new URL(url).pathname !== '/') {
    throw new BadConfiguration(`CHANCERY_PUBLIC_URL is ${url}, expected no path: a request signature covers the path`);
  }
  return url;
}

function readPkiListen(env: Environment, listen: ListenAddress, hasTls: boolean): ListenAddress | undefined {
  const text = env.CHANCERY_PKI_LISTEN ?? (hasTls ? '127.0.0.1:8601' : undefined);
  if (text === undefined) return undefined;
  const pki = readListenAddress('CHANCERY_PKI_LISTEN', text);
  if (pki.port !== 0 && pki.port === listen.port && pki.host === listen.host) {
    throw new BadConfiguration(`CHANCERY_PKI_LISTEN is ${text}, which is CHANCERY_LISTEN too, expected another port`);
  }
  return pki;
}

/** An existing file that a variable names, as an absolute path. */
function readFileName(name: VariableName, env: Environment, { cwd, look }: Surroundings): string | undefined {
  const named = env[name];
  if (named === undefined) return undefined;
  const file = resolve(cwd, named);
  if (look(file) !== 'file') throw new BadConfiguration(`${name} is ${file}, where no file can be read`);
  return file;
}

/** True when both are set, false when neither is; throws when one is missing. */
function isPair(env: Environment, one: VariableName, other: VariableName): boolean {
  const [has, lacks] = env[one] === undefined ? [other, one] : [one, other];
  if ((env[one] === undefined) === (env[other] === undefined)) return env[one] !== undefined;
  throw new BadConfiguration(`${has} is set without ${lacks}, expected both or neither`);
}

/** The member, or none when the value is absent. */
function optional<Key extends string, Value>(key: Key, value: Value | undefined | ''): Partial<Record<Key, Value>> {
  const none: Partial<Record<Key, Value>> = {};
  return value === undefined || value === '' ? none : { ...none, [key]: value };
}
