/**
 * Terraform's AWS provider: apply, an empty second plan, destroy. Both must be here already, since nothing is
 * downloaded: the provider in one of Terraform's own mirror folders, or below CHANCERY_TEST_TERRAFORM_PLUGINS.
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, globSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { makeCsr } from '../../scripts/make-csr.ts';
import { type Finished, findProgram, runProgram } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { onlyThese } from './python-program.ts';

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
    return (...args) => runProgram(program, args, { env, cwd: folder, timeoutMs: 120_000 });
  }

  it('makes a root, a leaf of Private CA and a certificate of ACM, plans nothing more, and destroys them', async (t) => {
    const run = terraform(t);
    if (run === undefined) return;
    const succeed = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await run(...args);
      assert.equal(code, 0, `terraform ${args[0]}: ${stderr}${stdout.toString()}`);
      return stdout.toString();
    };
    writeFileSync(join(folder, 'main.tf'), configuration(server.url, join(server.home, 'credentials')));
    writeFileSync(join(folder, 'leaf.csr'), makeCsr('leaf.terraform.test').csr);
    await succeed('init', `-plugin-dir=${mirror}`, '-input=false', '-no-color');
    await succeed('apply', '-auto-approve', '-input=false', '-no-color');

    const outputs: Record<string, { value: string }> = JSON.parse(await succeed('output', '-json'));
    const of = (name: string) => new X509Certificate(outputs[name]?.value ?? '');
    assert.ok(of('leaf').verify(of('root').publicKey));
    assert.ok(of('managed').verify(of('root').publicKey));
    assert.equal(of('managed').checkHost('app.terraform.test'), 'app.terraform.test');

    const again = await run('plan', '-detailed-exitcode', '-input=false', '-no-color');
    assert.equal(again.code, 0, `the second plan is not empty: ${again.stdout.toString()}${again.stderr}`);

    // Revokes the leaf; the root's own certificate is refused with the sentence that the provider takes for done.
    await succeed('destroy', '-auto-approve', '-input=false', '-no-color');
    assert.equal((await succeed('state', 'list')).trim(), '');
  });
});

function mirrors(): string[] {
  const data = (process.env['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share').split(':');
  return [
    process.env['CHANCERY_TEST_TERRAFORM_PLUGINS'] ?? '',
    join(homedir(), '.terraform.d/plugins'),
    join(homedir(), '.local/share/terraform/plugins'),
    ...data.map((folder) => join(folder, 'terraform/plugins')),
  ].filter((folder) => folder !== '');
}

function configuration(url: string, credentials: string): string {
  return `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  shared_credentials_files    = ["${credentials}"]
  skip_metadata_api_check     = true
  skip_region_validation      = true
  endpoints {
    acm    = "${url}"
    acmpca = "${url}"
    sts    = "${url}"
  }
}

resource "aws_acmpca_certificate_authority" "root" {
  type                            = "ROOT"
  permanent_deletion_time_in_days = 7
  certificate_authority_configuration {
    key_algorithm     = "EC_prime256v1"
    signing_algorithm = "SHA256WITHECDSA"
    subject {
      common_name  = "Terraform Root"
      organization = "Tests"
      country      = "CH"
    }
  }
  tags = { team = "infra" }
}

resource "aws_acmpca_certificate" "root" {
  certificate_authority_arn   = aws_acmpca_certificate_authority.root.arn
  certificate_signing_request = aws_acmpca_certificate_authority.root.certificate_signing_request
  signing_algorithm           = "SHA256WITHECDSA"
  template_arn                = "arn:aws:acm-pca:::template/RootCACertificate/V1"
  validity {
    type  = "YEARS"
    value = 5
  }
}

resource "aws_acmpca_certificate_authority_certificate" "root" {
  certificate_authority_arn = aws_acmpca_certificate_authority.root.arn
  certificate               = aws_acmpca_certificate.root.certificate
  certificate_chain         = aws_acmpca_certificate.root.certificate_chain
}

resource "aws_acmpca_certificate" "leaf" {
  certificate_authority_arn   = aws_acmpca_certificate_authority_certificate.root.certificate_authority_arn
  certificate_signing_request = file("leaf.csr")
  signing_algorithm           = "SHA256WITHECDSA"
  validity {
    type  = "DAYS"
    value = 30
  }
}

resource "aws_acm_certificate" "managed" {
  domain_name               = "app.terraform.test"
  subject_alternative_names = ["www.terraform.test"]
  certificate_authority_arn = aws_acmpca_certificate_authority_certificate.root.certificate_authority_arn
  key_algorithm             = "EC_prime256v1"
  tags                      = { team = "infra" }
}

data "aws_acm_certificate" "managed" {
  domain      = aws_acm_certificate.managed.domain_name
  key_types   = ["EC_prime256v1"]
  statuses    = ["ISSUED"]
}

output "root" { value = aws_acmpca_certificate.root.certificate }
output "leaf" { value = aws_acmpca_certificate.leaf.certificate }
output "managed" { value = data.aws_acm_certificate.managed.certificate }
`;
}
