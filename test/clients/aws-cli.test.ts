/** The aws CLI: waiters, pagination and errors, with AWS_SHARED_CREDENTIALS_FILE as its only setting. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { makeCsr } from '../../scripts/make-csr.ts';
import { type Finished, needs, runProgram } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { onlyThese } from './python-program.ts';

describe('the aws CLI', async () => {
  const server = await serverForTests();
  const folder = await folderForTests();
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  /** Undefined, and the test skipped, where there is no aws. */
  function cli(t: TestContext): ((...args: string[]) => Promise<Finished>) | undefined {
    const aws = needs(t, 'aws');
    if (aws === undefined) return undefined;
    const env = onlyThese({ AWS_SHARED_CREDENTIALS_FILE: join(server.home, 'credentials'), HOME: folder });
    return (...args) => runProgram(aws, args, { env });
  }

  it('makes a root, waits for its CSR and its certificates, and issues a leaf', async (t) => {
    const aws = cli(t);
    if (aws === undefined) return;
    const text = async (...args: string[]) => {
      const { code, stdout, stderr } = await aws(...args, '--output', 'text');
      assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
      return stdout.toString().trim();
    };
    const configuration = 'KeyAlgorithm=EC_prime256v1,SigningAlgorithm=SHA256WITHECDSA,Subject={CommonName=CLI}';
    const create = ['acm-pca', 'create-certificate-authority', '--certificate-authority-type', 'ROOT'];
    const arn = await text(
      ...create,
      '--certificate-authority-configuration',
      configuration,
      '--query',
      'CertificateAuthorityArn',
    );
    const authority = ['--certificate-authority-arn', arn];
    await text('acm-pca', 'wait', 'certificate-authority-csr-created', ...authority);
    const csr = await text('acm-pca', 'get-certificate-authority-csr', ...authority);

    const issue = async (request: string, name: string, days: number): Promise<string> => {
      const path = file(`${name}.csr`, request);
      const template = `arn:aws:acm-pca:::template/${name}/V1`;
      const certificate = await text(
        'acm-pca',
        'issue-certificate',
        ...authority,
        '--csr',
        `fileb://${path}`,
        '--template-arn',
        template,
        '--signing-algorithm',
        'SHA256WITHECDSA',
        '--validity',
        `Value=${days},Type=DAYS`,
        '--query',
        'CertificateArn',
      );
      const asked = [...authority, '--certificate-arn', certificate];
      await text('acm-pca', 'wait', 'certificate-issued', ...asked);
      return text('acm-pca', 'get-certificate', ...asked, '--query', 'Certificate');
    };
    const root = await issue(csr, 'RootCACertificate', 3650);
    const install = ['acm-pca', 'import-certificate-authority-certificate', ...authority];
    await text(...install, '--certificate', `fileb://${file('root.pem', root)}`);
    const leaf = new X509Certificate(await issue(makeCsr('cli.test').csr, 'EndEntityCertificate', 30));
    assert.ok(leaf.verify(new X509Certificate(root).publicKey));
  });

  it('pages by itself, and by hand with a starting token', async (t) => {
    const aws = cli(t);
    if (aws === undefined) return;
    const { code, stdout, stderr } = await aws(
      'acm-pca',
      'list-certificate-authorities',
      '--page-size',
      '1',
      '--output',
      'json',
    );
    assert.equal(code, 0, stderr);
    const listed: { CertificateAuthorities: { Status: string }[] } = JSON.parse(stdout.toString());
    assert.deepEqual(
      listed.CertificateAuthorities.map(({ Status }) => Status),
      ['ACTIVE'],
    );
    const arn = String(Reflect.get(listed.CertificateAuthorities[0] ?? {}, 'Arn'));
    const tags = Array.from({ length: 5 }, (_, i) => `Key=k${i},Value=v`);
    assert.equal(
      (await aws('acm-pca', 'tag-certificate-authority', '--certificate-authority-arn', arn, '--tags', ...tags)).code,
      0,
    );
    const list = ['acm-pca', 'list-tags', '--certificate-authority-arn', arn, '--output', 'json', '--max-items', '3'];
    const first: Page = JSON.parse((await aws(...list)).stdout.toString());
    const second: Page = JSON.parse((await aws(...list, '--starting-token', first.NextToken ?? '')).stdout.toString());
    assert.deepEqual(
      [...first.Tags, ...second.Tags].map(({ Key }) => Key),
      ['k0', 'k1', 'k2', 'k3', 'k4'],
    );
    assert.equal(second.NextToken, undefined);
  });

  it('says who it is and shows a refusal in the service’s words', async (t) => {
    const aws = cli(t);
    if (aws === undefined) return;
    const identity = await aws('sts', 'get-caller-identity', '--query', 'Account', '--output', 'text');
    assert.equal(identity.stdout.toString().trim(), server.account, identity.stderr);
    const absent = `arn:aws:acm:us-east-1:${server.account}:certificate/00000000-0000-0000-0000-000000000000`;
    const refused = await aws('acm', 'describe-certificate', '--certificate-arn', absent);
    assert.ok([254, 255].includes(refused.code), 'version 2 ends with 254, version 1 with 255');
    assert.match(
      refused.stderr,
      /An error occurred \(ResourceNotFoundException\) when calling the DescribeCertificate operation/,
    );
  });
});

interface Page {
  readonly Tags: readonly { readonly Key: string }[];
  readonly NextToken?: string;
}
