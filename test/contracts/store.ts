/** What every store must do, whichever engine keeps it: one suite, run once for each. */
import type { OpenedStore } from '../../src/store/open.ts';
import { accountsContract } from './store-accounts.ts';
import { auditReportsContract } from './store-audit-reports.ts';
import { authoritiesContract } from './store-authorities.ts';
import { issuedContract } from './store-issued.ts';
import { keysAndTagsContract } from './store-keys-and-tags.ts';
import { managedContract } from './store-managed.ts';
import { sharingContract } from './store-sharing.ts';
import { describeOver } from './store-under-test.ts';

/** `open` gives a fresh, empty store at each call. */
export function storeContract(engine: string, open: () => Promise<OpenedStore>): void {
  describeOver(`accounts, access keys, sessions and settings in ${engine}`, open, accountsContract);
  describeOver(`authorities in ${engine}`, open, authoritiesContract);
  describeOver(`issued certificates and claims in ${engine}`, open, issuedContract);
  describeOver(`audit reports and buckets in ${engine}`, open, auditReportsContract);
  describeOver(`managed certificates in ${engine}`, open, managedContract);
  describeOver(`policies and permissions in ${engine}`, open, sharingContract);
  describeOver(`keys and tags in ${engine}`, open, keysAndTagsContract);
}
