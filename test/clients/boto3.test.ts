/** boto3, as the judge of AWS's shapes: its one setting is the credentials file that the server wrote. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { needsPython } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { runPython } from './python-program.ts';

describe('boto3', async () => {
  const server = await serverForTests();
  const home = await folderForTests();
  const run = async (t: TestContext): Promise<Result | undefined> => {
    const python = needsPython(t, 'boto3');
    if (python === undefined) return undefined;
    const variables = { AWS_SHARED_CREDENTIALS_FILE: join(server.home, 'credentials'), HOME: home };
    return JSON.parse((await runPython(python, 'aws.py', variables)).stdout.toString());
  };
  let running: Promise<Result | undefined> | undefined;

  /** What the program found, run once; the test is skipped where boto3 is not installed. */
  async function found(t: TestContext): Promise<Result | undefined> {
    running ??= run(t);
    const result = await running;
    if (result === undefined) t.skip('boto3 is not installed');
    return result;
  }

  it('is told by STS who it is', async (t) => {
    const { identity } = (await found(t)) ?? {};
    if (identity === undefined) return;
    assert.equal(identity.Account, server.account);
    assert.match(identity.Arn, new RegExp(`^arn:aws:iam::${server.account}:`));
    assert.ok(identity.UserId.length > 0);
  });

  it('makes a root and a leaf of every key algorithm, and the waiters end', async (t) => {
    const roots = (await found(t))?.pca.roots;
    if (roots === undefined) return;
    assert.equal(roots.length, 6);
    for (const root of roots) {
      assert.equal(root.status, 'ACTIVE', root.algorithm);
      assert.equal(root.type, 'ROOT');
      assert.equal(root.configuration.KeyAlgorithm, root.algorithm);
      assert.ok(root.createdAgo >= -1 && root.createdAgo < 120, 'CreatedAt is in epoch seconds');
      assert.match(root.leafArn, new RegExp(`^${root.arn}/certificate/[0-9a-f]{32}$`));
      const [leaf, authority] = [new X509Certificate(root.leaf), new X509Certificate(root.root)];
      assert.ok(leaf.checkIssued(authority) && leaf.verify(authority.publicKey));
      assert.equal(root.chain.trim(), root.root.trim());
      const { type, size } = keyOf(authority);
      assert.match(root.algorithm, new RegExp(`^${type}_${size}$`));
    }
  });

  it('pages authorities and tags without a repeat or a gap', async (t) => {
    const { pages, tagPages, roots } = (await found(t))?.pca ?? {};
    if (pages === undefined || tagPages === undefined || roots === undefined) return;
    assert.deepEqual(
      pages.map((page) => page.length),
      [4, 2],
    );
    assert.deepEqual(new Set(pages.flat()), new Set(roots.map(({ arn }) => arn)));
    assert.deepEqual(
      tagPages.map((page) => page.length),
      [5, 5, 2],
    );
    assert.equal(new Set(tagPages.flat()).size, 12);
  });

  it('gets the same authority for the same token', async (t) => {
    const tokens = (await found(t))?.pca.sameToken;
    if (tokens === undefined) return;
    assert.equal(tokens[0], tokens[1]);
  });

  it('sees DELETED with its restoration time, and DISABLED after the restoration', async (t) => {
    const { afterDelete, restorableUntil, afterRestore } = (await found(t))?.pca ?? {};
    if (afterDelete === undefined) return;
    assert.equal(afterDelete, 'DELETED');
    assert.equal(Math.round((restorableUntil ?? 0) / 86_400), 7);
    assert.equal(afterRestore, 'DISABLED');
  });

  it('revokes as Terraform does to destroy: a leaf, a root’s own in the sentence it waits for, a leaf again', async (t) => {
    const destroyed = (await found(t))?.pca.destroyed;
    if (destroyed === undefined) return;
    const { leaf, leafStays, ...refused } = destroyed;
    assert.equal(leaf, null);
    assert.ok(leafStays, 'GetCertificate answers for what is revoked');
    assertErrors(refused, {
      root: ['InvalidRequestException', 'InvalidRequestException', /Self-signed certificate can not be revoked/],
      leafAgain: ['RequestAlreadyProcessedException', 'RequestAlreadyProcessedException', /./],
    });
  });

  it('knows each refusal of Private CA by its exception', async (t) => {
    const errors = (await found(t))?.pca.errors;
    if (errors === undefined) return;
    const expected: Record<string, [string, string, RegExp]> = {
      whileDisabled: ['InvalidStateException', 'InvalidStateException', /./],
      absent: ['ResourceNotFoundException', 'ResourceNotFoundException', /./],
      malformedCsr: ['MalformedCSRException', 'MalformedCSRException', /./],
      tooLong: ['ClientError', 'ValidationException', /^2 validation errors detected: .*; /],
      wrongSecret: ['ClientError', 'InvalidSignatureException', /^The request signature we calculated does not match/],
      unknownKey: [
        'ClientError',
        'UnrecognizedClientException',
        /^The security token included in the request is invalid/,
      ],
    };
    assertErrors(errors, expected);
  });

  it('requests, waits for, exports and imports certificates through ACM', async (t) => {
    const acm = (await found(t))?.acm;
    if (acm === undefined) return;
    assert.equal(acm.status, 'ISSUED');
    assert.equal(acm.type, 'PRIVATE');
    assert.deepEqual(acm.names, ['n0.boto3.test']);
    assert.ok(acm.keyFits, 'the exported key is the certificate’s');
    assert.equal(acm.importedAgain, acm.imported);
    assert.ok(acm.importedBody);
    assert.deepEqual(acm.importedTags, [{ Key: 'team', Value: 'infra' }]);
    assert.deepEqual(
      acm.pages.map((page) => page.length),
      [4, 2],
    );
    assert.equal(new Set(acm.pages.flat()).size, 6);
    assert.equal(acm.left, 0);
  });

  it('knows each refusal of ACM by its exception', async (t) => {
    const errors = (await found(t))?.acm.errors;
    if (errors === undefined) return;
    assertErrors(errors, {
      shortPassphrase: ['ValidationException', 'ValidationException', /passphrase/],
      exportImported: ['ValidationException', 'ValidationException', /./],
      absent: ['ResourceNotFoundException', 'ResourceNotFoundException', /./],
      otherKey: ['ValidationException', 'ValidationException', /./],
    });
  });
});

function assertErrors(
  errors: Readonly<Record<string, ErrorSeen | null>>,
  expected: Readonly<Record<string, readonly [string, string, RegExp]>>,
): void {
  for (const [name, [exception, code, sentence]] of Object.entries(expected)) {
    const error = errors[name] ?? assert.fail(`${name} was not refused`);
    assert.deepEqual([error.class, error.code], [exception, code], `${name}: ${error.message}`);
    assert.match(error.message, sentence, name);
    assert.equal(error.status, 400, name);
    assert.match(error.requestId ?? '', /^[0-9a-f-]{36}$/, name);
  }
}

function keyOf({ publicKey }: X509Certificate): { type: string; size: string } {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  return modulusLength === undefined
    ? { type: 'EC', size: namedCurve ?? '' }
    : { type: 'RSA', size: String(modulusLength) };
}

interface ErrorSeen {
  readonly class: string;
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId?: string;
}

/** What aws.py prints. */
interface Result {
  readonly identity: { readonly Account: string; readonly Arn: string; readonly UserId: string };
  readonly pca: {
    readonly roots: readonly {
      readonly algorithm: string;
      readonly arn: string;
      readonly root: string;
      readonly leafArn: string;
      readonly leaf: string;
      readonly chain: string;
      readonly status: string;
      readonly type: string;
      readonly configuration: { readonly KeyAlgorithm: string };
      readonly createdAgo: number;
    }[];
    readonly pages: readonly (readonly string[])[];
    readonly tagPages: readonly (readonly string[])[];
    readonly sameToken: readonly string[];
    readonly destroyed: {
      readonly leaf: ErrorSeen | null;
      readonly root: ErrorSeen | null;
      readonly leafAgain: ErrorSeen | null;
      readonly leafStays: boolean;
    };
    readonly afterDelete: string;
    readonly restorableUntil: number;
    readonly afterRestore: string;
    readonly errors: Readonly<Record<string, ErrorSeen | null>>;
  };
  readonly acm: {
    readonly status: string;
    readonly type: string;
    readonly names: readonly string[];
    readonly keyFits: boolean;
    readonly exported: string;
    readonly chain: string;
    readonly imported: string;
    readonly importedAgain: string;
    readonly importedTags: readonly object[];
    readonly importedBody: boolean;
    readonly pages: readonly (readonly string[])[];
    readonly left: number;
    readonly errors: Readonly<Record<string, ErrorSeen | null>>;
  };
}
