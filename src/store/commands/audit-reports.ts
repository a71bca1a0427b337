import { Fault } from '../../core/fault.ts';
import { assertTouched } from '../assertions.ts';
import { auditReportOf, auditReportRow } from '../rows/audit-report.ts';
import type { AuditReportTable, BucketTable } from '../tables/audit-report.ts';
import { statement, type Work } from '../work.ts';
import type { Command } from './command.ts';

export const createAuditReport: Command<'create-audit-report'> = async (work, { report, since }) => {
  const { id, account, authority, bucket } = report;
  // Holds the authority, so that of two requests at once one sees the other's report.
  assertTouched(await work.run(authorityById, [account, authority]), 'authority', authority);
  const [other] = await work.run(inTheWay, [account, authority, since]);
  if (other !== undefined) {
    const [reason, is] = other.state === 'creating' ? ['running', 'being written'] : ['too-soon', 'recent'];
    throw new Fault('pending', `audit report ${other.id} of this authority is ${is}`, {
      what: 'audit report',
      id,
      reason,
    });
  }
  await claimBucket(work, bucket, account);
  await work.db.insertInto('audit_reports').values(auditReportRow(report)).execute();
};

async function claimBucket({ run }: Work, bucket: string, account: string): Promise<void> {
  await run(claim, [bucket, account]);
  const [owned] = await run(bucketByName, [bucket]);
  if (owned?.account === account) return;
  throw new Fault('forbidden', `bucket ${bucket} belongs to another account`, { what: 'bucket', id: bucket });
}

export const takeAuditReport: Command<'take-audit-report'> = async (work, { holder, now, heldUntil }) => {
  const [waiting] = await work.run(oldestWaiting, [now]);
  if (waiting === undefined) return undefined;
  const [row] = await work.run(take, [holder, heldUntil, waiting.id]);
  return row && { report: auditReportOf(row), attempt: row.attempts };
};

export const holdAuditReport: Command<'hold-audit-report'> = async (work, { id, holder, heldUntil }) =>
  (await work.run(hold, [heldUntil, id, holder])).length > 0;

export const endAuditReport: Command<'end-audit-report'> = async (work, { id, holder, failure }) => {
  const state = failure === undefined ? 'written' : 'failed';
  return (await work.run(end, [state, failure ?? null, id, holder])).length > 0;
};

const authorityById = statement<{ id: string }>(
  'select id from authorities where account = ? and id = ?',
  'for update',
);
const inTheWay = statement<{ id: string; state: string }>(
  `select id, state from audit_reports
   where account = ? and authority = ? and (state = 'creating' or (state = 'written' and created_at > ?))
   order by state limit 1`,
);
const claim = statement('insert into buckets (name, account) values (?, ?) on conflict do nothing');
const bucketByName = statement<BucketTable>('select name, account from buckets where name = ?');
const oldestWaiting = statement<{ id: string }>(
  `select id from audit_reports where state = 'creating' and held_until <= ? order by created_at limit 1`,
  'for update skip locked',
);
const take = statement<AuditReportTable>(
  'update audit_reports set holder = ?, held_until = ?, attempts = attempts + 1 where id = ? returning *',
);
const hold = statement<{ id: string }>(
  `update audit_reports set held_until = ? where id = ? and holder = ? and state = 'creating' returning id`,
);
const end = statement<{ id: string }>(
  `update audit_reports set state = ?, failure = ?, holder = null, held_until = 0
   where id = ? and holder = ? and state = 'creating' returning id`,
);
