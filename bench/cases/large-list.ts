/** ListCertificates, a page of 100 among a million that SQL put in: from the start, from the middle, and the p99. */
import { DatabaseSync } from 'node:sqlite';
import type { FreshServer } from '../../scripts/fresh-server.ts';
import { aws, awsRequest } from '../call.ts';
import { drive } from '../drive.ts';
import type { Figure } from '../figure.ts';

/** Copies one certificate that is there `count` times; the server must be stopped. */
export function multiply(home: string, count: number): void {
  const db = new DatabaseSync(`${home}/chancery.db`);
  db.exec('pragma synchronous = off; pragma journal_mode = wal;');
  const numbers = `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})`;
  const uuid = "printf('%08x-0000-4000-8000-%012x', n, n)";
  copy(db, 'managed', numbers, {
    id: uuid,
    created_at: 'source.created_at - n',
    domain: "'host-' || n || '.bench.internal'",
  });
  copy(db, 'managed_bodies', numbers, { managed: uuid });
  db.exec('analyze');
  db.close();
}

function copy(db: DatabaseSync, table: string, numbers: string, changed: Readonly<Record<string, string>>): void {
  const columns = db
    .prepare(`select name from pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => String(name));
  const values = columns.map((column) => changed[column] ?? `source.${column}`);
  const one =
    table === 'managed'
      ? 'select * from managed order by created_at limit 1'
      : 'select b.* from managed_bodies b join managed m on m.id = b.managed order by m.created_at limit 1';
  db.exec(
    `${numbers} insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from (${one}) as source, numbers`,
  );
}

export async function largeList(server: FreshServer, count: number, seconds: number): Promise<readonly Figure[]> {
  const input = { MaxItems: 100, Includes: { keyTypes: ['EC_prime256v1', 'RSA_2048'] } };
  const tokens = await walk(server, input, 20);
  const requests = [undefined, ...tokens].map((NextToken) =>
    awsRequest(server, 'acm', 'ListCertificates', { ...input, NextToken }),
  );
  const report = await drive({ port: server.port, connections: 1, seconds, warmupSeconds: 1, requests });
  if (report.failed > 0) throw new Error(`a request failed: ${report.firstFailure}`);
  return [
    {
      name: `ListCertificates, 100 of ${count.toLocaleString('en-US')}, p99`,
      value: report.p99,
      unit: 'ms',
      goal: 'under 20',
      note: `${report.perSecond.toFixed(0)}/s, median ${report.p50.toFixed(1)} ms`,
    },
  ];
}

async function walk(server: FreshServer, input: object, pages: number): Promise<readonly string[]> {
  const tokens: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer: { NextToken?: string; CertificateSummaryList: readonly unknown[] } = await aws(
      server,
      'acm',
      'ListCertificates',
      { ...input, NextToken: token },
    );
    if (answer.CertificateSummaryList.length !== 100)
      throw new Error(`a page of ${answer.CertificateSummaryList.length}`);
    token = answer.NextToken;
    if (token === undefined) throw new Error('the list ended too early');
    tokens.push(token);
  }
  return tokens;
}
