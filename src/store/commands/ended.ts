import type { Command } from './command.ts';

export const deleteEnded: Command<'delete-ended'> = async ({ db }, { now }) => {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await db.deleteFrom('idempotency').where('expires_at', '<=', now).execute();
};
