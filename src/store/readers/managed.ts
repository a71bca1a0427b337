import type { ManagedCertificateReader } from '../../core/store.ts';
import { accountId, certificateId, scmId } from '../../core/ids.ts';
import { prepared } from '../prepared.ts';
import { managedOf, selectManaged, sha256 } from '../rows/managed.ts';
import { statement, type Work } from '../work.ts';
import { managedPage } from './managed-page.ts';
import { managedSlice } from './managed-slice.ts';

export function managedReader(work: Work): ManagedCertificateReader {
  const ofAccount = selectManaged(work.db).where('m.account', '=', accountId('000000000000'));
  const byId = prepared(work, ofAccount.where('m.id', '=', certificateId('00000000-0000-0000-0000-000000000000')));
  const byScm = prepared(work, ofAccount.where('m.scm', '=', scmId('scs0000000000000')));
  return {
    async get(account, id) {
      const [row] = await byId([account, id]);
      return row && managedOf(row);
    },
    async byScmId(account, id) {
      const [row] = await byScm([account, id]);
      return row && managedOf(row);
    },
    page: (account, wanted) => managedPage(work, account, wanted),
    slice: (account, wanted) => managedSlice(work, account, wanted),
    async hasImported(account, der) {
      const found = await work.run(importedBody, [account, sha256(der)]);
      return found.length > 0;
    },
  };
}

const importedBody = statement<{ one: number }>(
  `select 1 as one from managed where account = ? and body_sha256 = ? and origin = 'imported' limit 1`,
);
