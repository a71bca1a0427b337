/** The Huawei fronts in a house, and requests to them signed by Huawei's own SDK for Node. */
import assert from 'node:assert/strict';
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import { region } from '../../src/core/ids.ts';
import { iamFront } from '../../src/fronts/huawei-iam/front.ts';
import { pcaFront } from '../../src/fronts/huawei-pca/front.ts';
import { scmFront } from '../../src/fronts/huawei-scm/front.ts';
import { projectOf } from '../../src/services/sessions/project-of.ts';
import type { Front } from '../../src/wire/front.ts';
import { huaweiSignIn } from '../../src/wire/huawei-rest/authenticate.ts';
import { type CallTarget, type House, type HouseKey, type HouseParts, openHouse } from './house.ts';

export const houseRegion = region('us-east-1');

/** A house that speaks Huawei, and whatever `others` adds. */
export function openHuawei(others: (parts: HouseParts) => readonly Front[] = () => []): Promise<House> {
  return openHouse((parts) => [...others(parts), ...huaweiFronts(parts)]);
}

export function huaweiFronts({ services, world, accessKeys, clock, observe, log }: HouseParts): readonly Front[] {
  const session = (tokenHash: string) => world.store.accounts.session(tokenHash);
  const proof = huaweiSignIn({ accessKeys, clock, session, projectOf, regions: [houseRegion] });
  const house = { services, observe, log, ...proof };
  return [pcaFront(house), scmFront(house), iamFront(house)];
}

export interface Asked {
  /** Undefined ones are not sent. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The first account's administrator unless told; `none` sends no proof at all. */
  readonly as?: HouseKey | 'none';
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The document, or an empty object. Tests read whatever member they judge; a wrong guess fails the test. */
  readonly json: ReturnType<JSON['parse']>;
}

/** One request, bytes in and bytes out. */
export async function ask(house: CallTarget, method: string, path: string, asked: Asked = {}): Promise<Answer> {
  const { body, as = house.administrator } = asked;
  const query = Object.fromEntries(Object.entries(asked.query ?? {}).filter(([, value]) => value !== undefined));
  const line = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  const url = `${house.url}${path}${line.length === 0 ? '' : `?${line.join('&')}`}`;
  const headers: Record<string, string> = { 'content-type': 'application/json', ...asked.headers };
  const signed = as === 'none' ? headers : sign(house, as, { method, path, query, body, headers });
  const response = await fetch(url, {
    method,
    headers: signed,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isJson = bytes.length > 0 && response.headers.get('content-type') === 'application/json';
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    json: isJson ? JSON.parse(bytes.toString()) : {},
  };
}

/** The document of a success. */
export async function done(
  house: CallTarget,
  method: string,
  path: string,
  asked: Asked = {},
): Promise<Answer['json']> {
  const { status, json } = await ask(house, method, path, asked);
  assert.ok(status < 300, `${method} ${path} answered ${status}: ${JSON.stringify(json)}`);
  return json;
}

/** Asserts on status, code and sentence of a refusal. */
export function assertRefused(answer: Answer, status: number, code: string, message: string | RegExp): void {
  const { error_code, error_msg } = answer.json;
  assert.equal(`${answer.status} ${error_code}`, `${status} ${code}`, String(error_msg));
  if (typeof message === 'string') assert.equal(error_msg, message);
  else assert.match(error_msg, message);
  assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
}

interface Unsigned {
  readonly method: string;
  readonly path: string;
  readonly query: NonNullable<Asked['query']>;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

function sign(house: CallTarget, key: HouseKey, unsigned: Unsigned): Record<string, string> {
  const { method, path, query, body, headers } = unsigned;
  const stamp = `${new Date(house.clock.now()).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const request = {
    endpoint: `${house.url}${path}`,
    url: path,
    method,
    headers: { 'X-Domain-Id': key.domain, 'X-Sdk-Date': stamp, ...headers },
    data: body,
    queryParams: query,
  };
  return AKSKSigner.sign(
    request as never, // the signer reads only these members of the SDK's request
    { getAk: () => key.id, getSk: () => key.secret } as never, // and only these of its credential
  ) as Record<string, string>; // header fields by name
}
