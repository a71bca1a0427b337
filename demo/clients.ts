/** The vendors' own SDKs, pointed at one server with the key that its first start made. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACMClient } from '@aws-sdk/client-acm';
import { ACMPCAClient } from '@aws-sdk/client-acm-pca';
import { GlobalCredentials } from '@huaweicloud/huaweicloud-sdk-core';
import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js';
import type { FreshServer } from '../scripts/fresh-server.ts';

export interface DemoClients {
  readonly pca: ACMPCAClient;
  readonly acm: ACMClient;
  readonly huawei: HuaweiCall;
}

/** One call of Huawei's core SDK; with `raw` the answer's `body` holds the bytes of a zip. */
export type HuaweiCall = <Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  options?: { body?: object; query?: Record<string, string | number>; raw?: boolean },
) => Promise<Answer>;

export function demoClients(server: FreshServer): DemoClients {
  const profile = readFileSync(join(server.home, 'credentials'), 'utf8');
  const of = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(profile)?.[1] ?? '';
  const credentials = { accessKeyId: of('aws_access_key_id'), secretAccessKey: of('aws_secret_access_key') };
  const aws = { endpoint: server.url, region: of('region'), credentials };
  return {
    pca: new ACMPCAClient(aws),
    acm: new ACMClient(aws),
    huawei: huaweiCall(server.url, credentials),
  };
}

function huaweiCall(url: string, key: { accessKeyId: string; secretAccessKey: string }): HuaweiCall {
  const credential = new GlobalCredentials().withAk(key.accessKeyId).withSk(key.secretAccessKey);
  const client = new ClientBuilder((inner) => inner, 'GlobalCredentials')
    .withCredential(credential)
    .withEndpoint(url)
    .build();
  return async <Answer>(
    method: string,
    path: string,
    options: { body?: object; query?: Record<string, string | number>; raw?: boolean } = {},
  ) => {
    const answer: unknown = await client.sendRequest({
      method,
      url: path,
      contentType: 'application/json',
      pathParams: {},
      queryParams: options.query ?? {},
      headers: {},
      data: options.body,
      ...(options.raw === true ? { axiosRequestConfig: { responseType: 'arraybuffer' } } : {}),
    });
    return answer as Answer; // the caller knows the operation's shape
  };
}
