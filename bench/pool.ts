import { DatabaseSync } from 'node:sqlite';
import type { FreshServer } from '../scripts/fresh-server.ts';
import { pause } from '../scripts/fresh-server.ts';

/**
 * Waits until the pool of ready keys is at rest, so that nothing else is measured beside the making of RSA keys that a
 * fresh server does once; gives how many RSA-2048 keys wait in it.
 */
export async function poolAtRest(server: FreshServer): Promise<number> {
  const db = new DatabaseSync(`${server.home}/chancery.db`, { readOnly: true });
  try {
    let before = -1;
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const now = Number(db.prepare('select count(*) as n from key_pool').get()?.['n']);
      if (now > 0 && now === before) break;
      before = now;
      await pause(6_000); // longer than any one key takes
    }
    return Number(db.prepare("select count(*) as n from key_pool where algorithm = 'RSA-2048'").get()?.['n']);
  } finally {
    db.close();
  }
}
