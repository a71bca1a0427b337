/** The job over a real store and a real thread: what becomes of a report when a server dies, stops, or cannot write. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { AuditReport, ReportLayout } from '../../src/core/audit-report.ts';
import { auditReportId } from '../../src/core/ids.ts';
import { bucketName, objectKey } from '../../src/core/object.ts';
import type { ObjectStore } from '../../src/core/ports.ts';
import { holdMs, writeAuditReports } from '../../src/jobs/write-audit-reports.ts';
import { LocalFolder } from '../../src/objects/local-folder.ts';
import { openStore } from '../../src/store/open.ts';
import { reportWriter } from '../../src/workers/report-writer-client.ts';
import { anAccountId, anAuthority, anIssued, home, now } from '../contracts/store-builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'chancery-reports-'));
const url = `sqlite:${join(folder, 'chancery.db')}`;
const store = await openStore({ url });
after(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
const account = anAccountId();
const authority = anAuthority(account);
await store.commit('create-authority', { authority, tags: [] });
const certificate = anIssued(authority);
await store.commit('record-issued', { certificate, authorityVersion: 1 });

const objects = new LocalFolder(join(folder, 'objects'));
const layoutOf = ({ form }: AuditReport): ReportLayout => ({
  form,
  columns: [
    { name: 'who', fact: 'account' },
    { name: 'serial', fact: 'serial', prefix: '=' },
    { name: 'reason', fact: 'revocationReason' },
  ],
});
let clock = now;
const never = new AbortController().signal;
const warned: string[] = [];

/** A server of its own as far as holds go. */
const aServer = (more: { objects?: ObjectStore; layoutOf?: typeof layoutOf } = {}) =>
  writeAuditReports({
    auditReports: store.auditReports,
    commit: (name, input) => store.commit(name, input),
    objects,
    writer: reportWriter(url),
    layoutOf,
    clock: { now: () => clock },
    random: { bytes: randomBytes, uuid: randomUUID },
    log: { warn: (_fields, message) => void warned.push(message) },
    ...more,
  });

const ordered = async (form: 'csv' | 'json' = 'csv'): Promise<AuditReport> => {
  clock += 3_600_000;
  const id = auditReportId(randomUUID());
  const place = { bucket: bucketName('reports'), key: objectKey(`${id}.${form}`) };
  const state = { kind: 'creating' } as const;
  const report = { id, account, authority: authority.id, region: home, form, ...place, createdAt: clock, state };
  await store.commit('create-audit-report', { report, since: clock - 1 });
  return report;
};
const stateOf = async ({ id }: AuditReport) => (await store.auditReports.get(account, authority.id, id))?.state;
const textOf = ({ key }: AuditReport) => readFileSync(join(folder, 'objects', 'reports', key), 'utf8');
const taken = (holder: string) => store.commit('take-audit-report', { holder, now: clock, heldUntil: clock + holdMs });

describe('the job that writes audit reports', () => {
  it('writes what waits, quotes what a spreadsheet would run, and leaves out what is absent', async () => {
    const csv = await ordered();
    await aServer().run(never);
    assert.equal(textOf(csv), `who,serial,reason\n${account},"=${certificate.serial}",\n`);
    const json = await ordered('json');
    await aServer().run(never);
    assert.deepEqual(JSON.parse(textOf(json)), [{ who: account, serial: `=${certificate.serial}` }]);
    assert.deepEqual(await stateOf(json), { kind: 'written' });
  });

  it('writes a report that a server left unfinished when it died, once its hold has ended', async () => {
    const report = await ordered();
    await taken('a server that died');
    await aServer().run(never);
    assert.deepEqual(await stateOf(report), { kind: 'creating' }, 'it is held');
    clock += holdMs;
    await aServer().run(never);
    assert.deepEqual(await stateOf(report), { kind: 'written' });
    assert.equal(textOf(report).split('\n').length, 3);
  });

  it('gives up a report after the third death', async () => {
    const report = await ordered();
    for (const server of ['first', 'second', 'third']) {
      assert.equal((await taken(server))?.report.id, report.id);
      clock += holdMs;
    }
    await aServer().run(never);
    assert.deepEqual(await stateOf(report), { kind: 'failed', reason: 'its writing was interrupted 3 times' });
    assert.ok(warned.length > 0);
  });

  it('lets go of a report when its server stops, so that the next start writes it at once', async () => {
    const report = await ordered();
    const stopping = new AbortController();
    const interrupted: ObjectStore = {
      checkBucket: async () => {},
      put: async (place, object) => {
        stopping.abort();
        await objects.put(place, object);
      },
    };
    await aServer({ objects: interrupted }).run(stopping.signal);
    assert.deepEqual(await stateOf(report), { kind: 'creating' });
    await aServer().run(never);
    assert.deepEqual(await stateOf(report), { kind: 'written' });
    assert.deepEqual(readdirSync(join(folder, 'objects', '.incoming')), []);
  });

  it('keeps the cause of a failure for the operator, and writes the others', async () => {
    const report = await ordered();
    const broken: ObjectStore = {
      checkBucket: async () => {},
      put: async ({ key }, { body }) => {
        for await (const part of body) if (part.length > 0) throw new Error(`no room for ${key}`);
      },
    };
    await aServer({ objects: broken }).run(never);
    assert.deepEqual(await stateOf(report), { kind: 'failed', reason: `no room for ${report.key}` });
  });

  it('fails a report whose certificate cannot be read, and says so', async () => {
    const report = await ordered();
    const withSubject = (): ReportLayout => ({ form: 'csv', columns: [{ name: 'subject', fact: 'subject' }] });
    await aServer({ layoutOf: withSubject }).run(never);
    const state = await stateOf(report);
    assert.ok(state?.kind === 'failed' && state.reason.includes('not valid DER'), JSON.stringify(state));
  });

  it('does not write twice what two servers see at the same moment', async () => {
    const report = await ordered();
    let puts = 0;
    const counting: ObjectStore = {
      checkBucket: async () => {},
      put: async (place, object) => {
        puts += 1;
        await objects.put(place, object);
      },
    };
    await Promise.all([aServer({ objects: counting }).run(never), aServer({ objects: counting }).run(never)]);
    assert.equal(puts, 1);
    assert.deepEqual(await stateOf(report), { kind: 'written' });
  });

  it('gives long lines in parts as small as any, so that nobody who may issue can fill its memory', async () => {
    for (let count = 0; count < 100; count += 1) {
      await store.commit('record-issued', { certificate: anIssued(authority), authorityVersion: 1 });
    }
    const prefix = 'x'.repeat(100_000);
    const long = (): ReportLayout => ({ form: 'csv', columns: [{ name: 'serial', fact: 'serial', prefix }] });
    const sizes: number[] = [];
    const measuring: ObjectStore = {
      checkBucket: async () => {},
      put: async (_place, { body }) => {
        for await (const part of body) sizes.push(part.length);
      },
    };
    const report = await ordered();
    await aServer({ objects: measuring, layoutOf: long }).run(never);
    assert.deepEqual(await stateOf(report), { kind: 'written' });
    assert.ok(Math.max(...sizes) < 400_000, `a part has ${Math.max(...sizes)} octets`);
    assert.ok(sizes.reduce((sum, size) => sum + size) > 10_000_000);
  });
});
