/**
 * An audit report of a million certificates that SQL put in: how fast, in how much memory, and how late the event loop
 * is meanwhile. The limit, from the same run: reading the same rows and nothing else, then writing as many octets and
 * syncing them, one after the other on one thread.
 */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type FreshServer, pause } from '../../scripts/fresh-server.ts';
import { csrs } from '../authorities.ts';
import { aws } from '../call.ts';
import type { Figure } from '../figure.ts';

/** A certificate to copy. */
export async function issueOne(server: FreshServer, authority: string): Promise<void> {
  const [csr = ''] = csrs(1);
  await aws(server, 'acm-pca', 'IssueCertificate', {
    CertificateAuthorityArn: authority,
    Csr: Buffer.from(csr).toString('base64'),
    SigningAlgorithm: 'SHA256WITHECDSA',
    Validity: { Type: 'DAYS', Value: 365 },
  });
}

/** Copies the newest certificate of an authority `count` times; the server must be stopped. */
export function multiplyIssued(home: string, authority: string, count: number): void {
  const db = new DatabaseSync(`${home}/chancery.db`);
  db.exec('pragma synchronous = off; pragma journal_mode = wal;');
  const newest = `(select max(serial) from issued where authority = '${authority.slice(-36)}')`;
  const numbers = `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})`;
  for (const table of ['issued_der', 'issued']) {
    const columns = db
      .prepare(`select name from pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => String(name));
    const values = columns.map((name) =>
      name === 'serial' ? "substr(source.serial, 1, 24) || printf('%08x', n)" : `source.${name}`,
    );
    db.exec(
      `${numbers} insert or ignore into ${table} (${columns.join(', ')})
       select ${values.join(', ')} from (select * from ${table} where serial = ${newest}) as source, numbers`,
    );
  }
  db.close();
}

export async function auditReport(server: FreshServer, authority: string): Promise<readonly Figure[]> {
  const on = { CertificateAuthorityArn: authority };
  await server.metrics();
  const resident = server.residentMiB();
  let peak = resident;
  const started = performance.now();
  const { AuditReportId, S3Key } = await aws<{ AuditReportId: string; S3Key: string }>(
    server,
    'acm-pca',
    'CreateCertificateAuthorityAuditReport',
    { ...on, S3BucketName: 'bench-reports', AuditReportResponseFormat: 'CSV' },
  );
  for (let status = 'CREATING'; status === 'CREATING'; ) {
    await pause(50);
    peak = Math.max(peak, server.residentMiB());
    const report = await aws<{ AuditReportStatus: string }>(
      server,
      'acm-pca',
      'DescribeCertificateAuthorityAuditReport',
      {
        ...on,
        AuditReportId,
      },
    );
    status = report.AuditReportStatus;
    if (status === 'FAILED') throw new Error('the report failed');
  }
  const seconds = (performance.now() - started) / 1000;
  const delay = Number(/event_loop_delay_seconds\{quantile="0.99"\} ([\d.e-]+)/.exec(await server.metrics())?.[1]);
  const { size } = statSync(join(server.home, 'objects', 'bench-reports', S3Key));
  const { rows, perSecond } = scan(server.home, authority.slice(-36));
  const limit = 1 / (1 / perSecond + size / rows / writeRate(size));
  const name = `audit report of ${rows.toLocaleString('en-US')}`;
  return [
    {
      name: `${name}, CSV`,
      value: rows / seconds,
      unit: 'certificates/s',
      limit: { of: 'read the rows, write the octets', value: limit },
      note: `${seconds.toFixed(1)} s, ${(size / 1e6).toFixed(0)} MB; one core is its thread's`,
    },
    { name: `${name}, memory above rest`, value: peak - resident, unit: 'MiB', goal: 'does not grow with the rows' },
    { name: `${name}, event-loop delay p99`, value: delay * 1000, unit: 'ms', goal: 'under 20' },
  ];
}

/** Reads what a report reads, by the same pages, and makes nothing of it. */
function scan(home: string, authority: string): { rows: number; perSecond: number } {
  const db = new DatabaseSync(`${home}/chancery.db`, { readOnly: true });
  const page = db.prepare(
    `select i.*, d.der from issued i join issued_der d on d.account = i.account and d.serial = i.serial
     where i.account = (select account from authorities where id = ?) and i.serial > ? and i.authority = ?
     order by i.serial limit 500`,
  );
  const started = performance.now();
  let rows = 0;
  for (let after = ''; ; ) {
    const found = page.all(authority, after, authority);
    rows += found.length;
    const last = found.at(-1);
    if (last === undefined) break;
    after = String(last['serial']);
  }
  const perSecond = (rows * 1000) / (performance.now() - started);
  db.close();
  return { rows, perSecond };
}

/** Octets a second, written in pieces of 256 KiB and synced at the end. */
function writeRate(size: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-'));
  const file = openSync(join(folder, 'written'), 'w');
  const piece = Buffer.alloc(256 * 1024, 1);
  const started = performance.now();
  for (let written = 0; written < size; written += piece.length) writeSync(file, piece);
  fsyncSync(file);
  const rate = (size * 1000) / (performance.now() - started);
  closeSync(file);
  rmSync(folder, { recursive: true });
  return rate;
}
