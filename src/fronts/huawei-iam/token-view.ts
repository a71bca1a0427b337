/** The token document of IAM: what a token stands for, never the token itself. */
import { createHash } from 'node:crypto';
import type { EpochMs } from '../../core/ids.ts';
import { region } from '../../core/ids.ts';
import type { KnownSession } from '../../services/sessions/find-session.ts';
import { projectOf } from '../../services/sessions/project-of.ts';

export function tokenView({ session, account, userName, role }: KnownSession): object {
  const domain = { id: account.domain, name: account.name };
  const { scope } = session;
  return {
    token: {
      catalog: [],
      expires_at: timeText(session.expiresAt),
      issued_at: timeText(session.issuedAt),
      methods: ['hw_ak_sk'],
      ...(scope.kind === 'project'
        ? { project: { domain, id: projectOf(account.domain, region(scope.region)), name: scope.region } }
        : { domain }),
      roles: [{ id: '0', name: role === 'administrator' ? 'te_admin' : 'readonly' }],
      user: { domain, id: userIdOf(account.id, userName), name: userName, password_expires_at: '' },
    },
  };
}

/** 32 hexadecimal digits, always the same for a user. */
function userIdOf(account: string, userName: string): string {
  return createHash('sha256').update(`user\0${account}\0${userName}`).digest('hex').slice(0, 32);
}

/** `2020-01-04T09:05:22.701000Z`: microseconds. */
function timeText(at: EpochMs): string {
  return new Date(at).toISOString().replace('Z', '000Z');
}
