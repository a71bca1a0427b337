import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import type { ManagedCertificate } from '../../src/core/certificate.ts';
import { region } from '../../src/core/ids.ts';
import { exportCertificate } from '../../src/services/export-certificate.ts';
import { findManagedCertificate } from '../../src/services/find-managed-certificate.ts';
import { importCertificate, type ImportWish } from '../../src/services/import-certificate.ts';
import { requestCertificate } from '../../src/services/request-certificate.ts';
import { type Foreign, foreign, foreignChain, newKey, vectorKey } from '../fronts/aws-acm/foreign.ts';
import { rejectsWith } from './expect-fault.ts';
import { openPlace, type Place } from './world.ts';
import { aRoot, requestWish, rowsOf } from './wishes.ts';

const made = foreignChain();

describe('importing a certificate', () => {
  let at: Place;
  let caller: Caller;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
  });
  after(() => at.close());

  function wishFor(one: Foreign, more: Partial<ImportWish> = {}): ImportWish {
    const certificate = Buffer.from(one.certificate);
    const privateKey = Buffer.from(one.privateKey);
    const plain = { several: 'refuse', name: 'shop', tags: [], vendor: {}, refusesCopies: false } as const;
    return { certificate, privateKey, ...plain, ...more };
  }
  const take = (one: Foreign, more: Partial<ImportWish> = {}) => importCertificate(at, caller, wishFor(one, more));
  const stored = ({ id }: ManagedCertificate) => findManagedCertificate(at, caller, { id });
  const permission = { action: 'export', access: 'write', resource: 'certificate' } as const;
  /** The octets of a certificate's key, as they come out again. */
  const assertHoldsKeyOf = (managed: ManagedCertificate, one: Foreign) =>
    exportCertificate(at, caller, managed, permission, async ({ privateKey }) => {
      const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
      assert.ok(new X509Certificate(one.certificate).checkPrivateKey(key));
    });

  it('keeps it with its chain and key, under an id and an SCM id', async () => {
    const tags = [{ key: 'team', value: 'shop' }];
    const imported = await take(made.leaf, { chain: Buffer.from(made.chain), tags });
    const { origin, state, domain, body, scm, importedAt, authority } = await stored(imported);
    assert.deepEqual(
      { origin, state, domain, importedAt, authority },
      {
        origin: 'imported',
        state: { kind: 'issued' },
        domain: 'www.example.com',
        importedAt: at.clock.now(),
        authority: undefined,
      },
    );
    assert.equal(body?.chain.length, 2);
    assert.match(scm ?? '', /^scs[0-9]{13}$/);
    assert.equal(scm && (await findManagedCertificate(at, caller, { scm })).id, imported.id);
    assert.deepEqual(await at.store.tags.of(caller.account, { kind: 'certificate', id: imported.id }), tags);
    await assertHoldsKeyOf(imported, made.leaf);
    assert.deepEqual(await rowsOf(at, caller), { issued: 0, authorities: 0, managed: 1 });
  });
  it('gives many in one millisecond an SCM id each', async () => {
    const imported = await Promise.all([1, 2, 3, 4, 5].map(() => take(made.leaf)));
    assert.equal(new Set(imported.map(({ scm }) => scm)).size, 5);
  });
  it('names nothing to another account, also by an SCM id', async () => {
    const { id, scm } = await take(made.leaf);
    const stranger = await at.newcomer();
    assert.ok(scm);
    await rejectsWith(findManagedCertificate(at, stranger, { scm }), 'not-found');
    await rejectsWith(findManagedCertificate(at, stranger, { id }), 'not-found');
    await rejectsWith(findManagedCertificate(at, caller, { id, region: region('eu-west-1') }), 'not-found');
  });
  it('takes RSA-1024, which is never made or certified here', async () => {
    const one = foreign({ key: vectorKey('rsa-1024') });
    assert.equal((await take(one)).keyAlgorithm, 'RSA-1024');
  });
  it('takes the certificates after the first as its chain where that is wanted', async () => {
    const certificate = Buffer.from(made.leaf.certificate + made.chain);
    const { body } = await stored(await take(made.leaf, { certificate, several: 'chain' }));
    assert.equal(body?.chain.length, 2);
  });
  it('names the domain by the common name when it is among the names, else by the first of them', async () => {
    const domainOf = async (subject: string, names: readonly string[]) =>
      (await stored(await take(foreign({ subject, names })))).domain;
    assert.equal(await domainOf('CN=b.example', ['a.example', 'b.example']), 'b.example');
    assert.equal(await domainOf('CN=Somebody', ['a.example', 'b.example']), 'a.example');
    assert.equal(await domainOf('CN=only.example', []), 'only.example');
    assert.equal(await domainOf('O=Nameless', []), undefined);
  });

  describe('is refused, and nothing is stored:', () => {
    type Expected = Parameters<typeof rejectsWith> extends [unknown, ...infer Rest] ? Rest : never;
    async function refused(one: Foreign, more: Partial<ImportWish>, ...expected: Expected): Promise<void> {
      const before = await rowsOf(at, caller);
      await rejectsWith(take(one, more), ...expected);
      assert.deepEqual(await rowsOf(at, caller), before);
    }
    const text = Buffer.from('no PEM');
    it('what does not parse', async () => {
      await refused(made.leaf, { certificate: text }, 'malformed', { what: 'certificate' });
      await refused(made.leaf, { privateKey: text }, 'malformed', { what: 'private key' });
      await refused(made.leaf, { chain: text }, 'malformed', { what: 'chain' });
    });
    it('two certificates where one is expected', () =>
      refused(made.leaf, { certificate: Buffer.from(made.leaf.certificate + made.chain) }, 'malformed', {
        what: 'certificate',
        reason: 'several',
      }));
    it('another’s private key', () =>
      refused(made.leaf, { privateKey: Buffer.from(foreign().privateKey) }, 'mismatch', { what: 'private key' }));
    it('an encrypted private key', async () => {
      const how = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
      const privateKey = Buffer.from(made.leaf.key.export(how));
      await refused(made.leaf, { privateKey }, 'invalid', { what: 'private key', reason: 'encrypted' });
    });
    it('what has ended, has not begun, is of version 1, or names no issuer', async () => {
      const about = (reason: string) => ({ what: 'certificate', reason });
      await refused(foreign({ to: -1 }), {}, 'invalid', about('expired'));
      await refused(foreign({ from: 1 }), {}, 'invalid', about('not-yet-valid'));
      await refused(foreign({ version: 1 }), {}, 'invalid', about('version'));
      await refused(foreign({ issuerName: '' }), {}, 'invalid', about('no-issuer'));
    });
    it('a chain in the wrong order, or of another issuer', async () => {
      const reversed = Buffer.from(made.root.certificate + made.issuing.certificate);
      await refused(made.leaf, { chain: reversed }, 'invalid', { what: 'chain', reason: 'chain-order' });
      const namesake = foreign({ subject: made.issuing.subject, isAuthority: true, keyUsages: ['keyCertSign'] });
      const chain = Buffer.from(namesake.certificate);
      await refused(made.leaf, { chain }, 'invalid', { what: 'chain', reason: 'chain-signature' });
    });
    it('a copy of what the account has, where copies are refused', async () => {
      const one = foreign();
      await importCertificate(at, await at.newcomer(), wishFor(one)); // another account's is no copy
      await take(one, { refusesCopies: true });
      await refused(one, { refusesCopies: true }, 'already-exists', { what: 'certificate' });
      await take(one);
    });
  });

  describe('over one that was imported', () => {
    it('keeps its ids, name and tags and takes the new body and key', async () => {
      const first = await take(made.leaf, { tags: [{ key: 'a', value: 'b' }] });
      const renewed = foreign({ names: ['www.example.com', 'new.example'], key: newKey() });
      at.clock.advance(1000);
      const returned = await take(renewed, { over: await stored(first), name: 'ignored' });
      const now = await stored(first);
      assert.deepEqual([now.id, now.scm, now.name, now.createdAt], [first.id, first.scm, 'shop', first.createdAt]);
      assert.deepEqual(now.body?.dnsNames, ['www.example.com', 'new.example']);
      assert.equal(now.importedAt, at.clock.now());
      assert.deepEqual(await at.store.tags.of(caller.account, { kind: 'certificate', id: first.id }), [
        { key: 'a', value: 'b' },
      ]);
      await assertHoldsKeyOf(now, renewed);
      assert.equal((await rowsOf(at, caller)).managed, 1);
      assert.deepEqual(returned, now);
    });
    it('takes its domain from the new names', async () => {
      const first = await take(made.leaf);
      const returned = await take(foreign({ subject: 'CN=other.example' }), { over: await stored(first) });
      assert.equal((await stored(first)).domain, 'other.example');
      assert.deepEqual(returned, await stored(first));
    });
    it('is a conflict when it changed meanwhile, and the earlier stays', async () => {
      const first = await take(made.leaf);
      const old = await stored(first);
      await take(made.leaf, { over: old });
      await rejectsWith(take(foreign(), { over: old }), 'conflict');
      await assertHoldsKeyOf(await stored(first), made.leaf);
    });
    it('is refused over one that was issued here', async () => {
      const { id: authority } = await aRoot(at, caller);
      const over = await findManagedCertificate(at, caller, {
        id: await requestCertificate(at, caller, requestWish(authority)),
      });
      await rejectsWith(take(made.leaf, { over }), 'wrong-state', { what: 'certificate', reason: 'not-imported' });
      assert.deepEqual(await stored(over), over);
    });
    it('is refused over another account’s, even if it had the noun in its hands', async () => {
      const theirs = await importCertificate(at, await at.newcomer(), wishFor(made.leaf));
      await rejectsWith(take(foreign(), { over: theirs }), 'not-found');
    });
  });
});
