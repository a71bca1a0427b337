/**
 * Terraform's AWS provider: apply, an empty second plan, destroy. Both must be here already, since nothing is
 * downloaded: the provider in one of Terraform's own mirror folders, or below CHANCERY_TEST_TERRAFORM_PLUGINS.
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { makeCsr } from '../../scripts/make-csr.ts';
import { ok } from '../fronts/aws-call.ts';
import { type Live, liveCalls } from '../live-calls.ts';
import { type Finished, findProgram, runProgram } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { onlyThese } from './python-program.ts';
import { terraformConfiguration } from './terraform-configuration.ts';

/** Below the name of whichever registry it came from. */
const provider = '*/hashicorp/aws/*/*/terraform-provider-aws*';

describe('Terraform', async () => {
  const server = await serverForTests();
  const folder = await folderForTests();
  const mirror = mirrors().find(
    (candidate) => existsSync(candidate) && globSync(provider, { cwd: candidate }).length > 0,
  );

  /** Undefined, and the test skipped, where Terraform or its AWS provider is missing. */
  function terraform(t: TestContext): ((...args: string[]) => Promise<Finished>) | undefined {
    const program = findProgram('terraform');
    if (program === undefined || mirror === undefined) {
      t.skip('Terraform is not installed');
      return undefined;
    }
    const env = onlyThese({
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_CLI_CONFIG_FILE: '/dev/null',
      HOME: folder,
    });
    return (...args) => runProgram(program, args, { env, cwd: folder, timeoutMs: 180_000 });
  }

  it('makes a hierarchy, shares it, plans nothing more, changes it, and destroys it', async (t) => {
    const run = terraform(t);
    if (run === undefined) return;
    const live = liveCalls(server);
    const succeed = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await run(...args, '-no-color');
      assert.equal(code, 0, `terraform ${args[0]}: ${stderr}${stdout.toString()}`);
      return stdout.toString();
    };
    /** A second look at what was applied finds nothing to do. */
    const assertSettled = async (...variables: string[]): Promise<void> => {
      const { code, stdout, stderr } = await run(
        'plan',
        '-detailed-exitcode',
        '-input=false',
        '-no-color',
        ...variables,
      );
      assert.equal(code, 0, `the second plan is not empty: ${stdout.toString()}${stderr}`);
    };
    writeFileSync(join(folder, 'main.tf'), terraformConfiguration(server.url, join(server.home, 'credentials')));
    for (const name of ['leaf', 'passed'])
      writeFileSync(join(folder, `${name}.csr`), makeCsr(`${name}.terraform.test`).csr);
    await succeed('init', `-plugin-dir=${mirror}`, '-input=false');
    await succeed('apply', '-auto-approve', '-input=false');
    assertApplied(JSON.parse(await succeed('output', '-json')), server.account);
    await assertSettled();

    const changed = ['-var=enabled=false', '-var=team=platform'];
    await succeed('apply', '-auto-approve', '-input=false', ...changed);
    assert.deepEqual(await statuses(live), ['ACTIVE', 'DISABLED']);
    await assertSettled(...changed);

    // Revokes the leaves; the root's own certificate is refused with the sentence that the provider takes for done.
    await succeed('destroy', '-auto-approve', '-input=false', ...changed);
    const state: { resources: unknown[] } = JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8'));
    assert.deepEqual(state.resources, []);
    assert.deepEqual(await statuses(live), ['DELETED', 'DELETED']);
    assert.deepEqual(
      ok(await live.acm('ListCertificates', { Includes: { keyTypes: ['EC_prime256v1'] } })).CertificateSummaryList,
      [],
    );
  });
});

async function statuses({ pca }: Live): Promise<string[]> {
  const { CertificateAuthorities } = ok(await pca('ListCertificateAuthorities', {}));
  assert.ok(Array.isArray(CertificateAuthorities));
  return CertificateAuthorities.map(({ Status }) => String(Status)).sort();
}

function assertApplied(outputs: Readonly<Record<string, { readonly value: unknown }>>, account: string): void {
  const text = (name: string) => String(outputs[name]?.value);
  const certificate = (name: string) => new X509Certificate(text(name));
  const [root, below] = [certificate('root'), certificate('below')];
  assert.ok(below.verify(root.publicKey));
  for (const name of ['leaf', 'passed', 'managed']) assert.ok(certificate(name).verify(below.publicKey), name);
  assert.equal(certificate('leaf').checkHost('leaf.terraform.test'), 'leaf.terraform.test');
  assert.equal(certificate('passed').subject, 'CN=passed through', 'api_passthrough says the subject');
  assert.equal(certificate('managed').checkHost('app.terraform.test'), 'app.terraform.test');
  assert.equal(text('found_leaf'), text('leaf'));
  assert.equal(text('found_root').trim(), text('root').trim());
  assert.deepEqual(outputs['found_tags']?.value, { team: 'infra' });
  assert.equal(text('permission_account'), account);
}

function mirrors(): string[] {
  const data = (process.env['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share').split(':');
  return [
    process.env['CHANCERY_TEST_TERRAFORM_PLUGINS'] ?? '',
    join(homedir(), '.terraform.d/plugins'),
    join(homedir(), '.local/share/terraform/plugins'),
    ...data.map((folder) => join(folder, 'terraform/plugins')),
    ...globSync('/opt/*/'), // where an image of a machine may bring it along
  ].filter((folder) => folder !== '');
}
