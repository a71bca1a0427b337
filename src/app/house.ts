/**
 * The composition root: builds every part of a server in one visible order, and takes it apart in the reverse one.
 * No container: each part is given what it uses. Only this room sees every other.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Account, Caller } from '../core/account.ts';
import type { Audit, Clock, Randomness } from '../core/ports.ts';
import { quotas } from '../fronts/aws-pca/quotas.ts';
import { Schedule } from '../jobs/schedule.ts';
import { AccessKeyUses } from '../jobs/touch-access-keys.ts';
import { openObjects } from '../objects/open.ts';
import { type Services, bindServices } from '../services/bind.ts';
import { paces } from '../services/pace.ts';
import { publishingUnder } from '../services/pointers.ts';
import { withinQuotas } from '../services/quotas.ts';
import type { World } from '../services/world.ts';
import { type OpenedStore, openStore } from '../store/open.ts';
import type { StartWriter } from '../store/sqlite/writer.ts';
import { assertMasterKeyOfStore } from '../vault/open-master-key.ts';
import { SoftwareVault } from '../vault/software-vault.ts';
import { AccessKeys } from '../wire/access-keys.ts';
import type { Front } from '../wire/front.ts';
import { objectLinks } from '../wire/http/object-links.ts';
import type { Page } from '../wire/http/pages.ts';
import { type PageTokens, pageTokens } from '../wire/page-token.ts';
import { KeyMakerClient } from '../workers/key-maker-client.ts';
import { startLongReader } from '../workers/long-reader-client.ts';
import { reportWriter } from '../workers/report-writer-client.ts';
import { SignerClient } from '../workers/signer-client.ts';
import { atMostOnceASecond } from './at-most-once-a-second.ts';
import type { Config } from './config.ts';
import { makeDataFolder, masterKeyOf } from './data-folder.ts';
import { writeCredentials } from './files-for-clients.ts';
import { firstStart, type FirstStart } from './first-start.ts';
import { frontsOf } from './fronts.ts';
import { jobsOf } from './jobs.ts';
import type { ServerLog } from './log.ts';
import { type Metrics, startMetrics } from './metrics.ts';
import { objectPage } from './object-page.ts';

export interface House {
  readonly store: OpenedStore;
  readonly services: Services;
  readonly account: Account;
  /** The key that this very start made, if it did. */
  readonly madeKey: FirstStart['madeKey'];
  readonly fronts: readonly Front[];
  readonly metrics: Metrics;
  /** What may be read of the object store through a link. */
  readonly objectPage: Page;
  /** Resolves when store and vault answer. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** @param pkiUrl asked when a certificate is made: by then the listeners are bound */
export async function buildHouse(
  config: Config,
  log: ServerLog,
  startWriter: StartWriter,
  pkiUrl: () => string,
  publicUrl: () => string,
): Promise<House> {
  const clock: Clock = { now: () => Date.now() };
  const random: Randomness = { bytes: (count) => randomBytes(count), uuid: () => randomUUID() };
  const crashed = (thread: string) => (err: unknown) =>
    log.error({ thread, err }, `the ${thread} thread ended and is started again`);

  makeDataFolder(config.home);
  const masterKey = await masterKeyOf(config);
  const schedule = new Schedule(log);
  const metrics = startMetrics(
    () => signer.queueLength,
    () => [...schedule.heartbeats.values()].reduce((sum, { runs }) => sum + runs, 0),
  );
  const store = await openStore({ url: urlOf(config), startWriter, startLongReader, onCommit: metrics.committed });
  const commit: OpenedStore['commit'] = (name, input) => store.commit(name, input);
  await assertMasterKeyOfStore(masterKey, { settings: store.settings, commit });

  const keyMaker = new KeyMakerClient(masterKey, crashed('key maker'));
  const vault = new SoftwareVault({ masterKey, keys: store.keys, commit, keyMaker });
  const signer = new SignerClient({ masterKey, keys: store.keys, onCrash: crashed('signer') });
  const publishing = publishingUnder(pkiUrl);
  const objects = openObjects(objectStoreOf(config));
  const wake = (job: string) => schedule.wake(job);
  const world: World = {
    store,
    vault,
    signer,
    clock,
    random,
    audit: auditOf(metrics, log),
    publishing,
    objects,
    pace: paces[config.pace],
    wake,
  };
  const services = config.limits === 'aws' ? withinQuotas(world, bindServices(world), quotas) : bindServices(world);
  const { account, madeKey } = await firstStart(world, config, ({ id, secret }) =>
    writeCredentials(config.home, id, secret),
  );

  const uses = new AccessKeyUses();
  const accessKeys = new AccessKeys({
    accounts: store.accounts,
    openSecret: (key) => vault.openSecret(key.account, key.id, key.sealedSecret),
    clock,
    onUse: (key, at) => uses.note(key.account, key.id, at),
  });
  const tokens: PageTokens = pageTokens(masterKey.derive('page tokens'), clock);
  const links = objectLinks(masterKey.derive('object links'), publicUrl);
  const fronts = frontsOf({
    services: { ...services, pageTokens: tokens, objectLinks: links },
    accessKeys,
    session: (hash) => store.accounts.session(hash),
    region: config.region,
    limits: config.limits,
    clock,
    observe: metrics.observe,
    log,
  });

  for (const job of jobsOf({ world, keyMaker, uses, reports: reportWriter(urlOf(config)), log })) schedule.start(job);

  return {
    store,
    services,
    account,
    madeKey,
    fronts,
    metrics,
    objectPage: objectPage({ store, objects, links, clock }),
    ready: atMostOnceASecond(async () => {
      await Promise.all([store.check(), vault.check()]);
    }),
    close: async () => {
      const jobsEnded = schedule.stop(); // told first, so that no job takes the end of the key maker for a failure
      await keyMaker.close();
      await jobsEnded;
      await uses.flush(commit);
      await signer.close();
      await store.close();
      accessKeys.clear();
      metrics.stop();
    },
  };
}

function urlOf({ database }: Config): string {
  return database.kind === 'sqlite' ? `sqlite:${database.file}` : database.url.reveal();
}

function objectStoreOf({ home, objectStore }: Config): Parameters<typeof openObjects>[0] {
  const folder = join(home, 'objects');
  if (objectStore === undefined) return { folder };
  const { url, region, accessKeyId, secret, buckets } = objectStore;
  return { folder, s3: { url: new URL(url), region, accessKeyId, secret: secret.reveal(), buckets } };
}

/** Counts what matters and leaves a line for each key that left the vault. */
function auditOf(metrics: Metrics, log: ServerLog): Audit {
  return {
    record: async (caller: Caller, { verb, what, id }) => {
      if (verb === 'issued') metrics.issued();
      if (verb === 'exported') metrics.exported();
      const { requestId, account, userName, front, operation } = caller;
      const fields = { audit: verb, what, id, requestId, account, userName, front, operation };
      if (verb === 'issued') log.debug(fields, 'audit');
      else log.info(fields, 'audit');
    },
  };
}
