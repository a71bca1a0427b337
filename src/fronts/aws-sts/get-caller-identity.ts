import { createHash } from 'node:crypto';
import type { AccountId } from '../../core/ids.ts';
import { userArn } from '../../wire/aws-json/user-arn.ts';
import { shape } from '../../wire/aws-query/shapes.ts';
import { operation } from './operation.ts';

/** Whose access key signed the request. Nobody needs a permission for it. API page GetCallerIdentity. */
export const getCallerIdentity = operation({
  name: 'GetCallerIdentity',
  input: shape({}),
  action: () => ({ action: 'sts:GetCallerIdentity', access: 'read', resource: '*' }),
  run: (_, { caller }) => caller,
  view: (caller) => ({
    Arn: userArn(caller),
    UserId: userIdOf(caller.account, caller.userName),
    Account: caller.account,
  }),
});

/** `AIDA` and 17 letters or digits, always the same for a user: nothing is stored for it. */
function userIdOf(account: AccountId, userName: string): string {
  const digest = createHash('sha256').update(`user\0${account}\0${userName}`).digest();
  return `AIDA${[...digest.subarray(0, 17)].map((octet) => alphabet[octet % 32] ?? '').join('')}`;
}

/** Base 32 of RFC 4648 §6, as the service's own ids use. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
