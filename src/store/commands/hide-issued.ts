import { type AccountId, type CertificateId, type EpochMs, serialNumber } from '../../core/ids.ts';
import { assertTouched } from '../assertions.ts';
import type { Database } from '../schema.ts';
import type { Command } from './command.ts';

export const hideIssued: Command<'hide-issued'> = async ({ db }, { account, serial, now }) => {
  const hidden = await db
    .updateTable('issued')
    .set({ hidden_at: now })
    .where('account', '=', account)
    .where('serial', '=', serial)
    .where('hidden_at', 'is', null)
    .where('managed', 'is', null)
    .returning('serial')
    .execute();
  assertTouched(hidden, 'certificate', serial);
};

/** Takes the row of a managed certificate's body out of lists; nothing when this house did not issue that body. */
export async function hideBody(
  db: Database,
  account: AccountId,
  managed: CertificateId,
  serial: string | null,
  now: EpochMs,
): Promise<void> {
  if (serial === null || !/^[0-9a-f]{32}$/.test(serial)) return;
  await db
    .updateTable('issued')
    .set({ hidden_at: now })
    .where('account', '=', account)
    .where('serial', '=', serialNumber(serial))
    .where('managed', '=', managed)
    .execute();
}
