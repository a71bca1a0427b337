/**
 * What verbs run in, for tests of services by themselves: a SQLite store whose writer runs on this thread, the software
 * vault, the signer's and the key maker's threads, and a clock that only moves when a test moves it. Nothing is a mock.
 *
 * `const at = openPlace(); after(() => at.close());`
 */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../src/core/account.ts';
import { type EpochMs, region } from '../../src/core/ids.ts';
import type { Signer } from '../../src/core/ports.ts';
import { createAccount } from '../../src/services/accounts/create-account.ts';
import { newAccessKey } from '../../src/services/accounts/new-access-key.ts';
import { paces } from '../../src/services/pace.ts';
import type { World } from '../../src/services/world.ts';
import { openObjects } from '../../src/objects/open.ts';
import { openStore } from '../../src/store/open.ts';
import { MasterKey } from '../../src/vault/master-key.ts';
import { SoftwareVault } from '../../src/vault/software-vault.ts';
import { KeyMakerClient } from '../../src/workers/key-maker-client.ts';
import { SignerClient } from '../../src/workers/signer-client.ts';

export interface Place extends World {
  readonly clock: { now(): EpochMs; advance(ms: number): void };
  readonly audited: readonly { verb: string; what: string; id: string }[];
  /** Administrator of a new account of its own, so that tests do not see each other's rows. */
  newcomer(isOperator?: boolean): Promise<Caller>;
  close(): Promise<void>;
}

export const day = 86_400_000;

/** Where every place's clock begins: not on a whole second. */
export const beginning: EpochMs = Date.UTC(2026, 2, 1, 12, 0, 0, 250);

export async function openPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-services-'));
  const masterKey = MasterKey.take(1, randomBytes(32));
  const crashes: unknown[] = [];
  const onCrash = (cause: unknown) => void crashes.push(cause);
  const store = await openStore({ url: `sqlite:${join(folder, 'chancery.db')}` });
  const keyMaker = new KeyMakerClient(masterKey, onCrash);
  const signer = new SignerClient({ masterKey, keys: store.keys, onCrash });
  const commit: World['store']['commit'] = (name, input) => store.commit(name, input);
  const vault = new SoftwareVault({ masterKey, keys: store.keys, commit, keyMaker });
  const audited: { verb: string; what: string; id: string }[] = [];
  let now = beginning;
  const world: World = {
    store,
    vault,
    signer,
    clock: { now: () => now },
    random: { bytes: (count) => new Uint8Array(randomBytes(count)), uuid: () => randomUUID() },
    audit: { record: async (_caller, { verb, what, id }) => void audited.push({ verb, what, id }) },
    publishing: {
      pointersOf: ({ id }) => ({ caIssuers: [`http://pki.test/${id}.cer`], ocsp: [], crl: [] }),
    },
    objects: openObjects({ folder: join(folder, 'objects') }),
    pace: paces.prompt,
    wake: () => {},
  };
  return {
    ...world,
    clock: { now: () => now, advance: (ms) => void (now += ms) },
    audited,
    newcomer: async (isOperator = false) => {
      const key = newAccessKey(world);
      const { id: account, domain } = await createAccount(world, { name: 'newcomer', isOperator, key });
      return { ...anybody, account, domain, isOperator, accessKey: key.id };
    },
    close: async () => {
      await Promise.all([signer.close(), keyMaker.close()]);
      await store.close();
      rmSync(folder, { recursive: true, force: true });
      assert.deepEqual(crashes, []);
    },
  };
}

const anybody = {
  userName: 'administrator',
  role: 'administrator',
  region: region('us-east-1'),
  front: 'a-front',
  operation: 'AnOperation',
  requestId: 'a-request',
} as const;

/** The same caller with a key that may only read. */
export function asReader(caller: Caller): Caller {
  return { ...caller, userName: 'reader', role: 'read-only' };
}

/** A world in which something happens after the first signature is made and before anything is stored. */
export function afterSigning<W extends World>(world: W, happens: () => Promise<void>): W {
  let isFirst = true;
  const then = async <Result>(made: Result): Promise<Result> => {
    if (isFirst) {
      isFirst = false;
      await happens();
    }
    return made;
  };
  const { signer } = world;
  const interrupted: Signer = {
    issue: async (...of) => then(await signer.issue(...of)),
    issueWith: async (...of) => then(await signer.issueWith(...of)),
    signCsr: (...of) => signer.signCsr(...of),
    forget: (...of) => signer.forget(...of),
  };
  return { ...world, signer: interrupted };
}

/** A world that remembers the keys that it made and the octets that left its vault. */
export function watchingKeys<W extends World>(world: W) {
  const made: Awaited<ReturnType<World['vault']['generate']>>[] = [];
  const released: Uint8Array[] = [];
  const { vault } = world;
  const watched: World['vault'] = {
    generate: async (...of) => {
      const key = await vault.generate(...of);
      made.push(key);
      return key;
    },
    generateReady: async (...of) => {
      const key = await vault.generateReady(...of);
      if (key !== undefined) made.push(key);
      return key;
    },
    adopt: (...of) => vault.adopt(...of),
    release: async (proof) => {
      const octets = await vault.release(proof);
      released.push(octets);
      return octets;
    },
    sealSecret: (...of) => vault.sealSecret(...of),
    openSecret: (...of) => vault.openSecret(...of),
    check: () => vault.check(),
  };
  return { world: { ...world, vault: watched }, made, released };
}
