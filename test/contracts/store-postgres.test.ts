import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import pg from 'pg';
import { openStore } from '../../src/store/open.ts';
import { startPostgres } from './postgres-server.ts';
import { aClaim, anAccountId, anAuthority, anIssued, aSealedKey } from './store-builders.ts';
import { storeContract } from './store.ts';
import { isFault } from './store-under-test.ts';

const server = await startPostgres();

if (server === undefined) {
  it('PostgreSQL keeps the contract of the store', (t) => t.skip('PostgreSQL is not installed'));
} else {
  after(async () => await server.stop());
  storeContract('PostgreSQL', async () => openStore({ url: await server.database() }));

  describe('two servers on one PostgreSQL', () => {
    it('may start at once, read what the other wrote, share claims and the key pool', async () => {
      const url = await server.database();
      const [a, b] = await Promise.all([openStore({ url }), openStore({ url })]);
      try {
        const account = anAccountId();
        const authority = anAuthority(account);
        await a.commit('create-authority', { authority, tags: [] });
        assert.deepEqual(await b.authorities.get(account, authority.id), authority);

        const racing = Array.from({ length: 12 }, () => anIssued(authority));
        const record = (certificate: (typeof racing)[number], at: number) =>
          (at % 2 === 0 ? a : b).commit('record-issued', {
            certificate,
            authorityVersion: 1,
            claim: aClaim(account, certificate.serial),
          });
        const outcomes = await Promise.all(racing.map(record));
        assert.equal(outcomes.filter(({ claimed }) => claimed).length, 1);
        assert.equal(await b.issued.count(account), 1);

        const keys = Array.from({ length: 6 }, () => aSealedKey(account));
        await a.commit('fill-key-pool', { keys });
        const taken = await Promise.all(
          keys.map((_key, at) => (at % 2 === 0 ? a : b).commit('take-pool-key', { algorithm: 'P-256' })),
        );
        assert.equal(new Set(taken.map((key) => key?.id)).size, 6);

        const { id } = authority;
        const change = { account, id, version: 1, now: 1, state: { kind: 'disabled' } as const };
        const changes = await Promise.allSettled([
          a.commit('update-authority', change),
          b.commit('update-authority', change),
        ]);
        assert.deepEqual(changes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
        const stale = { certificate: anIssued(authority), authorityVersion: 1 };
        await assert.rejects(a.commit('record-issued', stale), isFault('conflict', 'authority'));
      } finally {
        await Promise.all([a.close(), b.close()]);
      }
    });

    it('say that the database is away when their connections are cut, and go on when it is back', async () => {
      const url = await server.database();
      const store = await openStore({ url });
      const authority = anAuthority(anAccountId());
      await store.commit('create-authority', { authority, tags: [] });
      await store.authorities.get(authority.account, authority.id);
      const holder = new pg.Client({ connectionString: url });
      await holder.connect();
      await holder.query('begin');
      await holder.query('lock table issued');
      const waiting = store.commit('record-issued', { certificate: anIssued(authority), authorityVersion: 1 });
      const cut = assert.rejects(waiting, isFault('unavailable'));
      const others = `from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      for (let blocked = 0; blocked === 0; ) {
        const { rowCount } = await holder.query(`select 1 ${others} and wait_event_type = 'Lock'`);
        blocked = rowCount ?? 0;
      }
      await holder.query(`select pg_terminate_backend(pid) ${others}`);
      await cut;
      await holder.query('rollback');
      await holder.end();
      assert.equal(await store.issued.count(authority.account), 0);
      await store.commit('record-issued', { certificate: anIssued(authority), authorityVersion: 1 });
      assert.equal(await store.issued.count(authority.account), 1);
      await store.close();
    });

    it('say that a backup is made by pg_dump', async () => {
      const store = await openStore({ url: await server.database() });
      await assert.rejects(store.backup('/nowhere'), isFault('unsupported', 'backup'));
      await store.close();
    });

    it('keep many certificates in one commit', async () => {
      const sizes: number[] = [];
      const store = await openStore({ url: await server.database(), onCommit: (size) => sizes.push(size) });
      const authority = anAuthority(anAccountId());
      await store.commit('create-authority', { authority, tags: [] });
      const many = Array.from({ length: 40 }, () => anIssued(authority));
      await Promise.all(many.map((certificate) => store.commit('record-issued', { certificate, authorityVersion: 1 })));
      assert.equal(await store.issued.count(authority.account), 40);
      assert.ok(Math.max(...sizes) > 1);
      await store.close();
    });
  });
}
