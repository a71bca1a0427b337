import type { AccessKey, Account } from '../../core/account.ts';
import type { Session } from '../../core/session.ts';
import { orAbsent, present } from '../present.ts';
import type { AccessKeyTable, AccountTable, SessionTable } from '../tables/account.ts';

export function accountOf(row: AccountTable): Account {
  const { id, domain, name, suspended, created_at } = row;
  return { id, domain, name, suspended: suspended === 1, createdAt: created_at };
}

export function accountRow(account: Account): AccountTable {
  const { id, domain, name, suspended, createdAt } = account;
  return { id, domain, name, suspended: suspended ? 1 : 0, created_at: createdAt };
}

export function accessKeyOf(row: AccessKeyTable): AccessKey {
  return present({
    id: row.id,
    account: row.account,
    userName: row.user_name,
    role: row.role,
    isOperator: row.is_operator === 1,
    disabled: row.disabled === 1,
    sealedSecret: row.sealed_secret,
    createdAt: row.created_at,
    lastUsedAt: orAbsent(row.last_used_at),
  });
}

export function accessKeyRow(key: AccessKey): AccessKeyTable {
  return {
    id: key.id,
    account: key.account,
    user_name: key.userName,
    role: key.role,
    is_operator: key.isOperator ? 1 : 0,
    disabled: key.disabled ? 1 : 0,
    sealed_secret: key.sealedSecret,
    created_at: key.createdAt,
    last_used_at: key.lastUsedAt ?? null,
  };
}

export function sessionOf(row: SessionTable): Session {
  return {
    tokenHash: row.token_hash,
    account: row.account,
    accessKey: row.access_key,
    scope: row.scope_region === null ? { kind: 'domain' } : { kind: 'project', region: row.scope_region },
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
  };
}

export function sessionRow(session: Session): SessionTable {
  return {
    token_hash: session.tokenHash,
    account: session.account,
    access_key: session.accessKey,
    scope_region: session.scope.kind === 'project' ? session.scope.region : null,
    issued_at: session.issuedAt,
    expires_at: session.expiresAt,
  };
}
