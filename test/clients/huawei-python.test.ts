/** Huawei's SDKs for Python: the region comes from the file that the server wrote, the domain from IAM. */
import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { unzipSync } from 'fflate';
import { needsPython } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { runPython } from './python-program.ts';

describe('Huawei’s SDKs for Python', async () => {
  const server = await serverForTests({ CHANCERY_REGION: 'my-home-1' });
  const home = await folderForTests();
  let running: Promise<Result | undefined> | undefined;

  async function run(t: TestContext): Promise<Result | undefined> {
    for (const [module, name] of packages) if (needsPython(t, module, name) === undefined) return undefined;
    const python = needsPython(t, 'cryptography');
    if (python === undefined) return undefined;
    const { id, secret } = server.key;
    const variables = {
      HUAWEICLOUD_SDK_REGIONS_FILE: join(server.home, 'huawei-regions.yaml'),
      HOME: home,
      TEST_AK: id,
      TEST_SK: secret,
      TEST_REGION: 'my-home-1',
    };
    return JSON.parse((await runPython(python, 'huawei.py', variables)).stdout.toString());
  }

  /** What the program found, run once; the test is skipped where an SDK is not installed. */
  async function found(t: TestContext): Promise<Result | undefined> {
    running ??= run(t);
    const result = await running;
    if (result === undefined) t.skip('huaweicloudsdkccm is not installed');
    return result;
  }

  it('find the server by its region alone, and the domain and project by IAM', async (t) => {
    const result = await found(t);
    if (result === undefined) return;
    assert.equal(result.endpoint, server.url);
    assert.deepEqual(result.domains, [server.domain]);
    assert.deepEqual(result.projects, [['my-home-1', server.project]]);
    assert.deepEqual(
      { ...result.wrongSecret, requestId: '' },
      {
        status: 401,
        code: 'APIGW.0301',
        message: 'Incorrect IAM authentication information: verify aksk signature fail',
        requestId: '',
      },
    );
  });

  it('create, activate, list, export, delete and restore authorities', async (t) => {
    const pca = (await found(t))?.pca;
    if (pca === undefined) return;
    assert.deepEqual(
      [pca.pending, pca.status, pca.afterDelete, pca.afterRestore],
      ['PENDING', 'ACTIVED', 'DELETED', 'DISABLED'],
    );
    assert.ok(pca.issuer);
    assert.equal(pca.authorities, 2);
    assert.match(pca.csr, /^-----BEGIN CERTIFICATE REQUEST-----\r\n/);
    const [authority, root] = [new X509Certificate(pca.certificate), new X509Certificate(pca.chain)];
    assert.ok(authority.checkIssued(root) && authority.verify(root.publicKey));
  });

  it('export a certificate as JSON, and without a key when that is not held here', async (t) => {
    const pca = (await found(t))?.pca;
    if (pca === undefined) return;
    const leaf = new X509Certificate(pca.json.certificate);
    assert.ok(leaf.checkPrivateKey(createPrivateKey(pca.json.key)));
    assert.equal(leaf.checkHost('sdk.test'), 'sdk.test');
    assert.equal(pca.name, 'sdk.test');
    assert.equal(pca.withoutKey, null);
    assert.deepEqual([pca.certificates, pca.left], [2, 1]);
  });

  it('get the zip of every kind of server as raw bytes', async (t) => {
    const zips = (await found(t))?.pca.zips;
    if (zips === undefined) return;
    const members = Object.entries(zips).map(([type, hex]) => [
      type,
      Object.keys(unzipSync(Buffer.from(hex, 'hex'))).sort(),
    ]);
    assert.deepEqual(Object.fromEntries(members), {
      APACHE: ['chain.crt', 'server.crt', 'server.key'],
      NGINX: ['server.crt', 'server.key'],
      IIS: ['server.pfx'],
      TOMCAT: ['server.jks'],
      OTHER: ['chain.pem', 'server.key', 'server.pem'],
    });
  });

  it('see refusals as their exceptions, with code, sentence and request id', async (t) => {
    const errors = (await found(t))?.pca.errors;
    if (errors === undefined) return;
    const codes = {
      absent: /^PCA\./,
      deleteActive: /^PCA\./,
      badType: /^PCA\.00020202$/,
      pendingDays: /^PCA\.00020001$/,
    };
    for (const [name, code] of Object.entries(codes)) {
      const error: ErrorSeen = errors[name] ?? assert.fail(`${name} was not refused`);
      assert.match(error.code, code, name);
      assert.ok(error.message.length > 0);
      assert.ok(error.status >= 400 && error.status < 500);
      assert.match(error.requestId, /^[0-9a-f-]{36}$/);
    }
  });

  it('import, list, show, export and delete a certificate of SCM', async (t) => {
    const result = await found(t);
    if (result === undefined) return;
    const { scm, pca } = result;
    assert.match(scm.id, /^scs\d{13}$/);
    assert.deepEqual([scm.listed, scm.name, scm.status], [1, 'sdk-import', 'UPLOAD']);
    const leaf = new X509Certificate(scm.certificate);
    assert.deepEqual(leaf.raw, new X509Certificate(pca.json.certificate).raw);
    assert.ok(leaf.checkPrivateKey(createPrivateKey(scm.key)));
    assert.deepEqual(new X509Certificate(scm.entire).raw, leaf.raw);
    assert.match(scm.absent?.code ?? '', /^SCM\./);
  });
});

const packages = [
  ['huaweicloudsdkccm.v1', 'huaweicloudsdkccm'],
  ['huaweicloudsdkscm.v3', 'huaweicloudsdkscm'],
  ['huaweicloudsdkiam.v3', 'huaweicloudsdkiam'],
] as const;

interface ErrorSeen {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

/** What huawei.py prints. */
interface Result {
  readonly endpoint: string;
  readonly domains: readonly string[];
  readonly projects: readonly (readonly [string, string])[];
  readonly wrongSecret: ErrorSeen | null;
  readonly pca: {
    readonly pending: string;
    readonly csr: string;
    readonly status: string;
    readonly issuer: boolean;
    readonly authorities: number;
    readonly certificate: string;
    readonly chain: string;
    readonly zips: Readonly<Record<string, string>>;
    readonly json: { readonly certificate: string; readonly chain: string; readonly key: string };
    readonly withoutKey: string | null;
    readonly certificates: number;
    readonly name: string;
    readonly left: number;
    readonly afterDelete: string;
    readonly afterRestore: string;
    readonly errors: Readonly<Record<string, ErrorSeen | null>>;
  };
  readonly scm: {
    readonly id: string;
    readonly listed: number;
    readonly name: string;
    readonly status: string;
    readonly certificate: string;
    readonly key: string;
    readonly entire: string;
    readonly absent: ErrorSeen | null;
  };
}
