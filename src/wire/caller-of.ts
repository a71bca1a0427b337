import type { Caller } from '../core/account.ts';
import type { Region } from '../core/ids.ts';
import type { AccessKeys, OpenKey } from './access-keys.ts';
import type { Destination } from './authenticator.ts';
import type { WireRequest } from './request.ts';

/** The caller that a proven, usable key stands for, whatever the dialect; the use of the key is noted. */
export function callerOf(
  accessKeys: AccessKeys,
  open: OpenKey,
  region: Region,
  { requestId }: WireRequest,
  { front, operation }: Destination,
): Caller {
  accessKeys.used(open);
  const { key, account } = open;
  return {
    account: account.id,
    domain: account.domain,
    userName: key.userName,
    role: key.role,
    isOperator: key.isOperator,
    accessKey: key.id,
    region,
    front,
    operation,
    requestId,
  };
}
