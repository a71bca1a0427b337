/** The aws CLI: every operation of Private CA by its command, each `wait`, and the lists in pages. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { makeCsr } from '../../scripts/make-csr.ts';
import { needs, runProgram } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { onlyThese } from './python-program.ts';
import { sharingPolicy } from './sharing-policy.ts';

const operations: readonly string[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../vectors/acm-pca-operations.json'), 'utf8'),
);
const commandOf = (operation: string) => operation.replaceAll(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

describe('the aws CLI with Private CA', async () => {
  const server = await serverForTests();
  const folder = await folderForTests();

  it('calls all 23 operations, waits three ways, and pages three lists', async (t) => {
    const program = needs(t, 'aws');
    if (program === undefined) return;
    const env = onlyThese({ AWS_SHARED_CREDENTIALS_FILE: join(server.home, 'credentials'), HOME: folder });
    const called = new Set<string>();
    const aws = async (command: string, ...args: string[]): Promise<Answer> => {
      called.add(command);
      const { code, stdout, stderr } = await runProgram(
        program,
        ['acm-pca', ...command.split(' '), ...args, '--output', 'json'],
        { env },
      );
      assert.equal(code, 0, `${command}: ${stderr}`);
      return stdout.length === 0 ? {} : JSON.parse(stdout.toString());
    };
    const file = (name: string, content: string) => {
      writeFileSync(join(folder, name), content);
      return `fileb://${join(folder, name)}`;
    };
    const create = async (name: string) => {
      const configuration = `KeyAlgorithm=EC_prime256v1,SigningAlgorithm=SHA256WITHECDSA,Subject={CommonName=${name}}`;
      const wish = ['--certificate-authority-type', 'ROOT', '--certificate-authority-configuration', configuration];
      const { CertificateAuthorityArn } = await aws('create-certificate-authority', ...wish, '--tags', 'Key=a,Value=b');
      return String(CertificateAuthorityArn);
    };
    const issue = async (
      authority: readonly string[],
      csr: string,
      template: string,
      days: number,
    ): Promise<string> => {
      const issued = await aws(
        'issue-certificate',
        ...authority,
        '--csr',
        file('request.csr', csr),
        '--template-arn',
        `arn:aws:acm-pca:::template/${template}/V1`,
        '--signing-algorithm',
        'SHA256WITHECDSA',
        '--validity',
        `Value=${days},Type=DAYS`,
      );
      const asked = [...authority, '--certificate-arn', String(issued['CertificateArn'])];
      await aws('wait certificate-issued', ...asked);
      return String((await aws('get-certificate', ...asked))['Certificate']);
    };

    const arn = await create('CLI');
    const other = await create('Other');
    const authority = ['--certificate-authority-arn', arn];
    await aws('wait certificate-authority-csr-created', ...authority);
    const { Csr } = await aws('get-certificate-authority-csr', ...authority);
    const root = await issue(authority, String(Csr), 'RootCACertificate', 3650);
    await aws('import-certificate-authority-certificate', ...authority, '--certificate', file('root.pem', root));
    const installed = await aws('get-certificate-authority-certificate', ...authority);
    assert.equal(String(installed['Certificate']).trim(), root.trim());

    await aws('tag-certificate-authority', ...authority, '--tags', 'Key=c,Value=d', 'Key=e,Value=f');
    await aws('untag-certificate-authority', ...authority, '--tags', 'Key=c');
    const { Tags } = await aws('list-tags', ...authority, '--page-size', '1');
    assert.deepEqual(Tags, [
      { Key: 'a', Value: 'b' },
      { Key: 'e', Value: 'f' },
    ]);
    const { CertificateAuthorities } = await aws('list-certificate-authorities', '--page-size', '1');
    assert.ok(Array.isArray(CertificateAuthorities) && CertificateAuthorities.length === 2);

    const principal = [...authority, '--principal', 'acm.amazonaws.com'];
    await aws('create-permission', ...principal, '--actions', 'IssueCertificate', 'GetCertificate', 'ListPermissions');
    const { Permissions } = await aws('list-permissions', ...authority, '--page-size', '1');
    assert.ok(Array.isArray(Permissions) && Permissions.length === 1);
    await aws('delete-permission', ...principal);

    const resource = ['--resource-arn', arn];
    const policy = JSON.stringify(sharingPolicy(arn));
    await aws('put-policy', ...resource, '--policy', policy);
    const { Policy } = await aws('get-policy', ...resource);
    assert.deepEqual(JSON.parse(String(Policy)), JSON.parse(policy));
    await aws('delete-policy', ...resource);

    const leaf = new X509Certificate(await issue(authority, makeCsr('cli.test').csr, 'EndEntityCertificate', 30));
    const revoked = ['--certificate-serial', leaf.serialNumber, '--revocation-reason', 'CESSATION_OF_OPERATION'];
    await aws('revoke-certificate', ...authority, ...revoked);
    const bucket = ['--s3-bucket-name', 'audit-reports-of-the-cli', '--audit-report-response-format', 'JSON'];
    const { AuditReportId } = await aws('create-certificate-authority-audit-report', ...authority, ...bucket);
    const report = [...authority, '--audit-report-id', String(AuditReportId)];
    await aws('wait audit-report-created', ...report);
    const described = await aws('describe-certificate-authority-audit-report', ...report);
    assert.equal(described['AuditReportStatus'], 'SUCCESS');

    await aws('update-certificate-authority', ...authority, '--status', 'DISABLED');
    await aws('delete-certificate-authority', ...authority, '--permanent-deletion-time-in-days', '7');
    await aws('restore-certificate-authority', ...authority);
    const { CertificateAuthority } = await aws('describe-certificate-authority', '--certificate-authority-arn', other);
    assert.deepEqual(Reflect.get(Object(CertificateAuthority), 'Status'), 'PENDING_CERTIFICATE');

    const waits = [...called].filter((command) => command.startsWith('wait ')).sort();
    assert.deepEqual(waits, [
      'wait audit-report-created',
      'wait certificate-authority-csr-created',
      'wait certificate-issued',
    ]);
    const commands = [...called].filter((command) => !command.startsWith('wait ')).sort();
    assert.deepEqual(commands, operations.map(commandOf).sort());
  });
});

type Answer = Readonly<Record<string, unknown>>;
