/** Huawei's core SDK for Node: signed calls, and the automatic look-up of domain and project at IAM. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { BasicCredentials, GlobalCredentials } from '@huaweicloud/huaweicloud-sdk-core';
import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js';
import { unzipSync } from 'fflate';
import { serverForTests } from '../running-server.ts';

describe('Huawei’s core SDK for Node', async () => {
  const server = await serverForTests();
  const { id, secret } = server.key;
  const credentials = () => new GlobalCredentials().withAk(id).withSk(secret).withIamEndpoint(server.url);

  /** A client as the SDK's services build it; domain or project are looked up when the credential has none. */
  async function client(credential: GlobalCredentials | BasicCredentials, type: string) {
    const built = new ClientBuilder((inner) => inner, type).withCredential(credential).withEndpoint(server.url).build();
    return async (method: string, url: string, data?: object, raw = false) => {
      const request = { method, url, contentType: 'application/json', pathParams: {}, queryParams: {}, headers: {} };
      const answer: unknown = await built.sendRequest({
        ...request,
        data,
        ...(raw ? { axiosRequestConfig: { responseType: 'arraybuffer' } } : {}),
      });
      return answer as Record<string, never>; // tests read the members that they expect
    };
  }

  it('finds the domain by itself, at /v3/auth/domains', async () => {
    const credential = credentials();
    const call = await client(credential, 'GlobalCredentials');
    const inner = new ClientBuilder((each) => each, 'GlobalCredentials')
      .withCredential(credential)
      .withEndpoint(server.url)
      .build();
    await credential.processAuthParams(inner, '');
    assert.equal(credential.domainId, server.domain);
    assert.equal((await call('GET', '/v1/private-certificate-authorities'))['total'], 0);
  });

  it('finds the project by its region, at /v3/projects', async () => {
    const credential = new BasicCredentials().withAk(id).withSk(secret).withIamEndpoint(server.url);
    const inner = new ClientBuilder((each) => each, 'BasicCredentials')
      .withCredential(credential)
      .withEndpoint(server.url)
      .build();
    await credential.processAuthParams(inner, 'us-east-1');
    assert.equal(credential.projectId, server.project);
  });

  it('makes an authority and a certificate, and exports it as a zip', async () => {
    const call = await client(credentials(), 'GlobalCredentials');
    const distinguished_name = {
      common_name: 'JS Root',
      country: 'CN',
      state: 'S',
      locality: 'L',
      organization: 'O',
      organizational_unit: 'U',
    };
    const root = await call('POST', '/v1/private-certificate-authorities', {
      type: 'ROOT',
      distinguished_name,
      key_algorithm: 'RSA2048',
      signature_algorithm: 'SHA256',
      validity: { type: 'YEAR', value: 3 },
    });
    const leaf = await call('POST', '/v1/private-certificates', {
      issuer_id: root['ca_id'],
      distinguished_name: { common_name: 'js.test' },
      validity: { type: 'DAY', value: 30 },
      subject_alternative_names: [{ type: 'DNS', value: 'js.test' }],
    });
    const path = `/v1/private-certificates/${String(leaf['certificate_id'])}`;
    const answer = await call('POST', `${path}/export`, { is_compressed: 'true', type: 'NGINX' }, true);
    const files = unzipSync(new Uint8Array(answer['body'] ?? []));
    const text = Buffer.from(files['server.crt'] ?? []).toString();
    assert.equal(new X509Certificate(text).checkHost('js.test'), 'js.test');
    await call('DELETE', path);
    await assert.rejects(call('GET', path), { errorCode: 'PCA.10010002' });
  });

  it('sees a refusal as its exception, with code and sentence', async () => {
    const call = await client(credentials(), 'GlobalCredentials');
    await assert.rejects(call('GET', '/v1/private-certificate-authorities/no-uuid'), (error: unknown) => {
      assert.match(String(Reflect.get(Object(error), 'errorCode')), /^PCA\./);
      assert.ok(String(Reflect.get(Object(error), 'errorMsg')).length > 0);
      assert.match(String(Reflect.get(Object(error), 'requestId')), /^[0-9a-f-]{36}$/);
      return true;
    });
    const stranger = new GlobalCredentials().withAk(id).withSk('wrong').withDomainId(server.domain);
    const refused = await client(stranger, 'GlobalCredentials');
    await assert.rejects(refused('GET', '/v1/private-certificate-authorities'), {
      httpStatusCode: 401,
      errorCode: 'APIGW.0301',
    });
  });
});
