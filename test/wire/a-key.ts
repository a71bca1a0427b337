import type { AccessKey, Account } from '../../src/core/account.ts';
import { accessKeyId, accountId, domainId, type EpochMs, region } from '../../src/core/ids.ts';
import { AccessKeys } from '../../src/wire/access-keys.ts';
import { headerFields, type WireRequest } from '../../src/wire/request.ts';

/** 2026-01-02T03:04:05Z. */
export const signingTime: EpochMs = Date.UTC(2026, 0, 2, 3, 4, 5);
export const aRegion = region('us-east-1');

export const aSecret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

export const anAccount: Account = {
  id: accountId('111122223333'),
  domain: domainId('d78cbac186b744899480f25bd022f468'),
  name: 'first',
  suspended: false,
  createdAt: 0,
};

/** In this tests' store a secret is kept as it is. */
export function aKey(change: Partial<AccessKey> = {}): AccessKey {
  return {
    id: accessKeyId('AKIAIOSFODNN7EXAMPLE'),
    account: anAccount.id,
    userName: 'administrator',
    role: 'administrator',
    isOperator: true,
    disabled: false,
    sealedSecret: Buffer.from(aSecret),
    createdAt: 0,
    ...change,
  };
}

/** Access keys over a store that a test can change, under a clock that it can move. */
export function keyRing(...keys: readonly AccessKey[]) {
  const stored = new Map<string, AccessKey>((keys.length === 0 ? [aKey()] : keys).map((key) => [key.id, key]));
  const clock = { time: signingTime, now: () => clock.time };
  const seen = { reads: 0, uses: [] as string[], account: anAccount, opened: [] as Uint8Array[] };
  const accessKeys = new AccessKeys({
    accounts: {
      accessKey: async (id) => {
        seen.reads += 1;
        return stored.get(id);
      },
      get: async () => seen.account,
    },
    openSecret: (key) => {
      const secret = Buffer.from(key.sealedSecret);
      seen.opened.push(secret);
      return secret;
    },
    clock,
    onUse: ({ id }) => seen.uses.push(id),
  });
  return { stored, clock, seen, accessKeys };
}

export function aRequest(change: {
  method?: string;
  path?: string;
  query?: string;
  headers?: Readonly<Record<string, string>> | readonly string[];
  body?: string | Buffer;
  source?: string;
}): WireRequest {
  const { method = 'POST', path = '/', query = '', headers = {}, body = '', source = '192.0.2.1' } = change;
  const flat = Array.isArray(headers) ? headers : Object.entries(headers).flat();
  return {
    method,
    path,
    query,
    headers: headerFields(flat),
    body: Buffer.from(body),
    requestId: '6434f74f-2d13-4e6a-89eb-93ee313f1a43',
    source,
  };
}
