/**
 * A whole house for tests of fronts: SQLite store in a folder of its own, real vault, signer and key maker threads, all
 * services, one listener on a free port, and a clock that only moves when a test moves it. Nothing in it is a mock.
 *
 * `const house = await openHouse((parts) => [awsPcaFront({ ...parts.aws('acm-pca'), services: parts.services })]);`
 * `after(() => house.close());`
 */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Role } from '../../src/core/account.ts';
import { type AccessKeyId, accessKeyId, type AccountId, type DomainId, type EpochMs } from '../../src/core/ids.ts';
import type { Audit } from '../../src/core/ports.ts';
import { sealAccessKey } from '../../src/services/accounts/new-access-key.ts';
import { bindServices, type Services } from '../../src/services/bind.ts';
import { finishAuthorities } from '../../src/services/finish-authority.ts';
import { type PaceName, paces } from '../../src/services/pace.ts';
import { publishingUnder } from '../../src/services/pointers.ts';
import type { World } from '../../src/services/world.ts';
import { auditReportLayout } from '../../src/fronts/aws-pca/audit-report-layout.ts';
import { writeAuditReports } from '../../src/jobs/write-audit-reports.ts';
import { openObjects, type S3Endpoint } from '../../src/objects/open.ts';
import { openStore } from '../../src/store/open.ts';
import { MasterKey } from '../../src/vault/master-key.ts';
import { SoftwareVault } from '../../src/vault/software-vault.ts';
import { AccessKeys } from '../../src/wire/access-keys.ts';
import type { Authenticator } from '../../src/wire/authenticator.ts';
import { awsJsonAuthenticator } from '../../src/wire/aws-json/authenticate.ts';
import type { Front } from '../../src/wire/front.ts';
import { listener } from '../../src/wire/http/listener.ts';
import type { Log, Observation, Observe } from '../../src/wire/observation.ts';
import { type PageTokens, pageTokens } from '../../src/wire/page-token.ts';
import { KeyMakerClient } from '../../src/workers/key-maker-client.ts';
import { reportWriter } from '../../src/workers/report-writer-client.ts';
import { SignerClient } from '../../src/workers/signer-client.ts';

/** A credential of an account, for clients that sign. */
export interface HouseKey {
  readonly id: AccessKeyId;
  readonly secret: string;
  readonly account: AccountId;
  readonly domain: DomainId;
  readonly role: Role;
}

/** What a test builds its fronts from. */
export interface HouseParts {
  readonly services: Services & { readonly pageTokens: PageTokens };
  readonly world: World;
  readonly accessKeys: AccessKeys;
  readonly clock: MovableClock;
  readonly observe: Observe;
  readonly log: Log;
  /** The parts of an AWS JSON front that are the same for every service. */
  aws(signingName: string): { authenticate: Authenticator; observe: Observe; log: Log };
}

/** What a signed call needs to know: a house, or a running server. */
export interface CallTarget {
  readonly url: string;
  readonly administrator: HouseKey;
  readonly clock: { now(): EpochMs };
}

export interface House extends HouseParts {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** The first account's administrator (the operator), a reader of the same account, and another account's administrator. */
  readonly administrator: HouseKey;
  readonly reader: HouseKey;
  readonly stranger: HouseKey;
  /** Told by the services after the fact. */
  readonly audited: readonly { verb: string; what: string; id: string }[];
  readonly observations: readonly Observation[];
  /** What was logged as our own mistake; `close` fails when there is any. */
  readonly mistakes: unknown[];
  /** Every line of the log as JSON, to look for what must not be in it. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

/** Stands at one moment, in whole seconds, until it is moved. */
export class MovableClock {
  #now: EpochMs;

  constructor(now: EpochMs) {
    this.#now = now;
  }

  now(): EpochMs {
    return this.#now;
  }

  advance({
    days = 0,
    hours = 0,
    minutes = 0,
    seconds = 0,
  }: Partial<Record<'days' | 'hours' | 'minutes' | 'seconds', number>>) {
    this.#now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  }
}

/** Where every house's clock begins. */
export const beginning: EpochMs = Date.UTC(2026, 2, 1, 12, 0, 0);

/**
 * `fronts` gets the parts and says which fronts the listener asks, in which order. `finishes: 'when-told'`: the keys of
 * authorities that are being created are made only when a test calls `finishAuthorities`.
 */
export async function openHouse(
  fronts: (parts: HouseParts) => readonly Front[],
  {
    pace = 'prompt',
    finishes = 'at-once',
    s3,
  }: { pace?: PaceName; finishes?: 'at-once' | 'when-told'; s3?: S3Endpoint } = {},
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-house-'));
  const clock = new MovableClock(beginning);
  const masterKey = MasterKey.take(1, randomBytes(32));
  const mistakes: unknown[] = [];
  const onCrash = (cause: unknown) => void mistakes.push(cause);
  const store = await openStore({ url: databaseIn(folder) });
  const keyMaker = new KeyMakerClient(masterKey, onCrash);
  const signer = new SignerClient({ masterKey, keys: store.keys, onCrash });
  const vault = new SoftwareVault({
    masterKey,
    keys: store.keys,
    commit: (name, input) => store.commit(name, input),
    keyMaker,
  });
  const audited: { verb: string; what: string; id: string }[] = [];
  const audit: Audit = { record: async (_caller, { verb, what, id }) => void audited.push({ verb, what, id }) };
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)), uuid: () => randomUUID() };
  // What a server's job does behind, done at once; `close` waits for it.
  let behind = Promise.resolve();
  const wake: World['wake'] = (job) => {
    if (finishes !== 'at-once') return;
    const { signal } = new AbortController();
    const run = job === 'write-audit-reports' ? () => reports.run(signal) : () => finishAuthorities(world, signal);
    behind = behind.then(run);
  };
  const objects = openObjects({ folder: join(folder, 'objects'), ...(s3 && { s3 }) });
  const world: World = { store, vault, signer, clock, random, audit, publishing, objects, pace: paces[pace], wake };

  const observations: Observation[] = [];
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
  const log: Log = {
    info: note,
    warn: note,
    error: (fields, message) => {
      note(fields, message);
      mistakes.push(Reflect.get(fields, 'err') ?? message);
    },
  };
  const reports = writeAuditReports({
    auditReports: store.auditReports,
    commit: (name, input) => store.commit(name, input),
    objects,
    writer: reportWriter(databaseIn(folder)),
    layoutOf: auditReportLayout,
    clock,
    random,
    log,
  });
  const observe: Observe = (observation) => void observations.push(observation);
  const services = { ...bindServices(world), pageTokens: pageTokens(randomBytes(32), clock) };
  const accessKeys = new AccessKeys(
    {
      accounts: store.accounts,
      openSecret: ({ account, id, sealedSecret }) => vault.openSecret(account, id, sealedSecret),
      clock,
      onUse: () => {},
    },
    { ttlMs: 0 },
  );
  const aws = (signingName: string) => ({
    authenticate: awsJsonAuthenticator({ accessKeys, clock }, signingName),
    observe,
    log,
  });
  const parts: HouseParts = { services, world, accessKeys, clock, observe, log, aws };

  const administrator = await newAccount(world, 'first', true);
  const stranger = await newAccount(world, 'second', false);
  const reader = await newReader(world, administrator);
  const listening = listener({ fronts: fronts(parts), log });
  const url = await listening.listen('127.0.0.1', 0);

  return {
    ...parts,
    url,
    administrator,
    reader,
    stranger,
    audited,
    observations,
    mistakes,
    logged,
    close: async () => {
      await listening.close(0);
      await behind.catch(onCrash);
      await Promise.all([signer.close(), keyMaker.close()]);
      await store.close();
      rmSync(folder, { recursive: true, force: true });
      assert.deepEqual(
        mistakes.map((mistake) => inspect(mistake)),
        [],
      );
    },
  };
}

const databaseIn = (folder: string) => `sqlite:${join(folder, 'chancery.db')}`;

const publishing = publishingUnder(() => 'http://pki.test');

async function newAccount(world: World, name: string, isOperator: boolean): Promise<HouseKey> {
  const { id, secret } = credential('ADMINISTRATOR');
  const key = { id, secret: Buffer.from(secret) };
  const { id: account, domain } = await bindServices(world).createAccount({ name, isOperator, key });
  return { id, secret, account, domain, role: 'administrator' };
}

async function newReader(world: World, { account, domain }: HouseKey): Promise<HouseKey> {
  const { id, secret } = credential('READER');
  const user = { userName: 'reader', role: 'read-only', isOperator: false } as const;
  const key = sealAccessKey(world, account, { id, secret: Buffer.from(secret) }, user);
  await world.store.commit('create-access-key', { key });
  return { id, secret, account, domain, role: 'read-only' };
}

function credential(name: string): { id: AccessKeyId; secret: string } {
  const random = randomBytes(24).toString('hex').toUpperCase();
  return { id: accessKeyId(`AKIA${name}${random.slice(0, 8)}`), secret: random.slice(8) };
}
