import type { AccessKey, Account } from '../../core/account.ts';
import type { NewAccessKey } from '../../services/accounts/new-access-key.ts';
import { epochSeconds } from '../../wire/aws-json/shapes.ts';

export function accountView({ id, domain, name, suspended, createdAt }: Account) {
  return { AccountId: id, DomainId: domain, Name: name, Suspended: suspended, CreatedAt: epochSeconds(createdAt) };
}

export function accessKeyView(key: Omit<AccessKey, 'sealedSecret'>) {
  return {
    AccessKeyId: key.id,
    AccountId: key.account,
    UserName: key.userName,
    Role: key.role,
    Operator: key.isOperator,
    Disabled: key.disabled,
    CreatedAt: epochSeconds(key.createdAt),
    ...(key.lastUsedAt === undefined ? {} : { LastUsedAt: epochSeconds(key.lastUsedAt) }),
  };
}

/** The only view that carries a secret; the octets are wiped once they are text. */
export function newAccessKeyView({ id, secret }: NewAccessKey) {
  const text = new TextDecoder().decode(secret);
  secret.fill(0);
  return { AccessKeyId: id, SecretAccessKey: text };
}
