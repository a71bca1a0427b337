/** Accounts, who acts in them, and what they may do. */
import type { AccessKeyId, AccountId, DomainId, EpochMs, Region } from './ids.ts';
import type { Sharing } from './sharing.ts';

export interface Account {
  readonly id: AccountId;
  readonly domain: DomainId;
  readonly name: string;
  readonly suspended: boolean;
  readonly createdAt: EpochMs;
}

export const roles = ['administrator', 'read-only'] as const;
export type Role = (typeof roles)[number];

/** An API credential as the store keeps it; the secret is sealed. */
export interface AccessKey {
  readonly id: AccessKeyId;
  readonly account: AccountId;
  /** The user that the key belongs to, for example `administrator`. */
  readonly userName: string;
  readonly role: Role;
  /** May administer the server itself (accounts, settings, backup), not only its own account. */
  readonly isOperator: boolean;
  readonly disabled: boolean;
  /** The secret under the vault's master key; bound to the account and the key's id. */
  readonly sealedSecret: Uint8Array;
  readonly createdAt: EpochMs;
  readonly lastUsedAt?: EpochMs;
}

/** Who asks, through which front, in which request. Made only by `authenticate` in wire. */
export interface Caller {
  readonly account: AccountId;
  readonly domain: DomainId;
  readonly userName: string;
  readonly role: Role;
  readonly isOperator: boolean;
  readonly accessKey: AccessKeyId;
  /** The region that the request addresses. */
  readonly region: Region;
  /** The front's name, for example `aws-acm`. */
  readonly front: string;
  readonly operation: string;
  readonly requestId: string;
}

/** What is asked of the policy: an action of the vendor's naming, on a resource of an account. */
export interface Permission {
  readonly action: string;
  readonly access: 'read' | 'write' | 'operate';
  /** The account that owns the resource; the caller's own unless an ARN names another. */
  readonly account?: AccountId;
  /** The resource as the vendor names it, for policies and for the sentence of a denial. */
  readonly resource: string;
  /** Only where the operation can be used on what another account shares. */
  readonly sharing?: Sharing;
}

/** What is written into every issued row about the one who asked. */
export interface Asker {
  /** Absent when it is the account that the row belongs to. */
  readonly account?: AccountId;
  readonly userName: string;
  readonly front: string;
  readonly operation: string;
  readonly requestId: string;
}

export function askerOf(caller: Caller): Asker {
  return { userName: caller.userName, front: caller.front, operation: caller.operation, requestId: caller.requestId };
}
