import type { Caller } from '../../core/account.ts';
import { partitionOf } from './partition.ts';

/** The caller as policies name him and as GetCallerIdentity prints him. */
export function userArn({ region, account, userName }: Pick<Caller, 'region' | 'account' | 'userName'>): string {
  return `arn:${partitionOf(region)}:iam::${account}:user/${userName}`;
}
