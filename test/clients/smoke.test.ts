/**
 * AWS's SDKs for Go, Java and Rust: one program each (test/clients/go, java, rust) lives the life of an authority and
 * prints what it saw; test/clients/build.sh builds them. They print the same document, so that one judge serves all.
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { makeCsr } from '../../scripts/make-csr.ts';
import { needs, outputOf } from '../programs.ts';
import { folderForTests, type ServerProcess, serverForTests } from '../running-server.ts';
import { clientSettings } from './client-settings.ts';

/** Language → its program, what its own verifier is made to judge, and the refusals that only it provokes. */
const programs = {
  Go: {
    program: 'chancery-client-go',
    verified: ['chain', 'extended key usage', 'name constraints'],
    more: { outsideConstraints: 'ValidationException' },
  },
  Java: { program: 'chancery-client-java', verified: ['chain', 'extended key usage'], more: {} },
  Rust: { program: 'chancery-client-rust', verified: ['chain', 'extended key usage'], more: {} },
} as const;

describe('the AWS SDKs of compiled languages', async () => {
  const folder = await folderForTests();
  const csr = join(folder, 'leaf.csr');
  writeFileSync(csr, makeCsr('leaf.smoke.test').csr);

  for (const [language, { program, verified, more }] of Object.entries(programs)) {
    it(`lets a program in ${language} make, use, page, refuse, revoke, delete and restore`, async (t) => {
      const path = needs(t, program);
      if (path === undefined) return;
      const server = await serverForTests();
      const env = clientSettings(server, folder, language === 'Rust' ? keyOf(server) : {});
      const printed = await outputOf(path, [csr], { env, timeoutMs: 120_000 });
      const result: SmokeResult = JSON.parse(printed.toString());
      assertCertificates(result);
      assert.deepEqual(result.verified, verified);
      assertPages(result, server.account);
      assertRefusals(result, more);
      assert.ok(result.sameToken, 'one token, one authority');
      assert.deepEqual([result.active, result.deleted, result.restored], ['ACTIVE', 'DELETED', 'DISABLED']);
      assert.equal(Math.round(result.daysLeft), 7);
    });
  }
});

/** The Rust client is built without the crate that reads the credentials file. */
function keyOf({ key }: ServerProcess) {
  return { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret };
}

function assertCertificates({ root, leaf, chain }: SmokeResult): void {
  const [below, above] = [new X509Certificate(leaf), new X509Certificate(root)];
  assert.ok(below.checkIssued(above) && below.verify(above.publicKey));
  assert.equal(below.checkHost('leaf.smoke.test'), 'leaf.smoke.test');
  assert.equal(chain.trim(), root.trim());
}

function assertPages({ pages, tagPages, tagsLeft }: SmokeResult, account: string): void {
  assert.ok(pages.length >= 2 && pages.every((page) => page.length === 1), JSON.stringify(pages));
  assert.equal(new Set(pages.flat()).size, pages.length, 'no repeat');
  assert.ok(pages.flat().every((arn) => arn.startsWith(`arn:aws:acm-pca:us-east-1:${account}:certificate-authority/`)));
  assert.deepEqual(tagPages, [['a', 'b'], ['c']]);
  assert.deepEqual(tagsLeft, ['a', 'c', 'd']);
}

function assertRefusals({ errors }: SmokeResult, more: Readonly<Record<string, string>>): void {
  const expected: Record<string, string> = {
    absent: 'ResourceNotFoundException',
    deleteActive: 'InvalidStateException',
    malformedCsr: 'MalformedCSRException',
    revokeAgain: 'RequestAlreadyProcessedException',
    revokeRoot: 'InvalidRequestException',
    issueDisabled: 'InvalidStateException',
    ...more,
  };
  assert.equal(errors['revoke'], null, 'the first revocation succeeds');
  assert.deepEqual(Object.keys(errors).sort(), [...Object.keys(expected), 'revoke'].sort());
  for (const [name, code] of Object.entries(expected)) {
    const refused = errors[name] ?? assert.fail(`${name} was not refused`);
    assert.equal(refused.code, code, `${name}: ${refused.message}`);
    // Rust writes MalformedCsrException; Go has no type for what no operation declares.
    const type = code === 'ValidationException' ? 'GenericAPIError' : code;
    assert.equal(refused.type.toLowerCase(), type.toLowerCase(), `${name} is the SDK’s own exception`);
    assert.match(refused.message, /\w/, name);
    assert.match(refused.requestId, /^[0-9a-f-]{36}$/, name);
  }
  assert.match(errors['revokeRoot']?.message ?? '', /Self-signed certificate can not be revoked/);
}

/** What each program prints. */
interface SmokeResult {
  readonly sameToken: boolean;
  readonly active: string;
  readonly root: string;
  readonly leaf: string;
  readonly chain: string;
  readonly verified: readonly string[];
  readonly pages: readonly (readonly string[])[];
  readonly tagPages: readonly (readonly string[])[];
  readonly tagsLeft: readonly string[];
  readonly errors: Readonly<
    Record<
      string,
      { readonly type: string; readonly code: string; readonly message: string; readonly requestId: string } | null
    >
  >;
  readonly deleted: string;
  readonly daysLeft: number;
  readonly restored: string;
}
