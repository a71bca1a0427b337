import type { Committer, Store } from '../../core/store.ts';
import type { Work } from '../work.ts';
import { accountReader } from './accounts.ts';
import { auditReportReader, bucketReader } from './audit-reports.ts';
import { authorityReader } from './authorities.ts';
import { idempotencyReader } from './idempotency.ts';
import { issuedReader } from './issued.ts';
import { keyReader } from './keys.ts';
import { managedReader } from './managed.ts';
import { sharingReader } from './sharing.ts';
import { settingReader } from './settings.ts';
import { tagReader } from './tags.ts';

export type Readers = Omit<Store, keyof Committer | 'check' | 'close'>;

export function readersOver(work: Work): Readers {
  return {
    accounts: accountReader(work),
    authorities: authorityReader(work),
    issued: issuedReader(work),
    managed: managedReader(work),
    tags: tagReader(work),
    settings: settingReader(work),
    keys: keyReader(work),
    idempotency: idempotencyReader(work),
    sharing: sharingReader(work),
    auditReports: auditReportReader(work),
    buckets: bucketReader(work),
  };
}
