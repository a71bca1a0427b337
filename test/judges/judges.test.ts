/** Other implementations judge what a running server issued. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as pkijs from 'pkijs';
import { liveCalls } from '../live-calls.ts';
import { needs, needsPython, outputOf, runProgram } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { type Issued, issueEverything, keyAlgorithms, leafTemplates, pathFile } from './issued.ts';

describe('what a running server issued is judged good by', async () => {
  const folder = await folderForTests();
  const all = await issueEverything(liveCalls(await serverForTests()));
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), `${text.trim()}\n`);
    return join(folder, name);
  };

  it('its count: every key algorithm under every template', () => {
    assert.equal(all.length, keyAlgorithms.length * (Object.keys(leafTemplates).length + 4 + 1 + 1));
  });

  it('openssl verify -x509_strict, for each purpose of the template', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    for (const one of all) {
      const path = await file('leaf.pem', one.certificate);
      const trust = ['-CAfile', await file('root.pem', one.root)];
      const between = one.between === '' ? [] : ['-untrusted', await file('between.pem', one.between)];
      for (const purpose of one.purposes) {
        const strict = ['verify', '-x509_strict', '-check_ss_sig', '-policy_check', '-purpose', purpose];
        const { code, stdout, stderr } = await runProgram(openssl, [...strict, ...trust, ...between, path]);
        assert.equal(code, 0, `${one.name} for ${purpose}: ${stderr}${stdout.toString()}`);
      }
    }
  });

  it('GnuTLS certtool --verify-chain', async (t) => {
    const certtool = needs(t, 'certtool');
    if (certtool === undefined) return;
    for (const one of all) {
      const { code, stdout, stderr } = await runProgram(certtool, [
        '--verify-chain',
        '--infile',
        await pathFile(folder, one),
      ]);
      assert.equal(code, 0, `${one.name}: ${stderr}${stdout.toString()}`);
      assert.match(stdout.toString(), /Chain verification output: Verified\. The certificate is trusted\./, one.name);
    }
  });

  it('Java’s CertPathValidator (PKIX)', async (t) => {
    const java = needs(t, 'java');
    if (java === undefined) return;
    const files = await Promise.all(all.map((one) => pathFile(folder, one)));
    const verdicts = (await outputOf(java, [join(import.meta.dirname, 'ValidatePaths.java'), ...files]))
      .toString()
      .trim()
      .split('\n');
    assert.deepEqual(
      all.map(({ name }, at) => [name, verdicts[at]]),
      all.map(({ name }) => [name, 'ok']),
    );
  });

  it('Node: issuer, signature, name and extensions', () => {
    for (const { name, certificate, between, root } of all) {
      const [leaf, issuer] = [new X509Certificate(certificate), new X509Certificate(between === '' ? root : between)];
      assert.ok(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey), name);
      assert.equal(leaf.ca, /^(Root|Subordinate)CA/.test(name), name);
      assert.match(leaf.serialNumber, /^[4-7][0-9A-F]{31}$/);
    }
  });

  it('pkijs’s chain validation', async () => {
    for (const one of all) {
      const parse = (pem: string) => pkijs.Certificate.fromBER(new X509Certificate(pem).raw);
      const engine = new pkijs.CertificateChainValidationEngine({
        trustedCerts: [parse(one.root)],
        certs: [...(one.between === '' ? [] : [parse(one.between)]), parse(one.certificate)],
      });
      const { result, resultMessage } = await engine.verify();
      assert.ok(result, `${one.name}: ${resultMessage}`);
    }
  });

  it('pkilint, but for what private certificates may differ in', async (t) => {
    const python = needsPython(t, 'pkilint');
    if (python === undefined) return;
    const certificates = join(folder, 'lint');
    await mkdir(certificates);
    await Promise.all(all.map(({ name, certificate }) => writeFile(join(certificates, `${name}.pem`), certificate)));
    const printed = await outputOf(python, ['-B', join(import.meta.dirname, 'lint.py'), certificates]);
    const found: [string, string, string][] = JSON.parse(printed.toString());
    const unexpected = found.filter(([name, , code]) => !isException(name, code));
    assert.deepEqual(unexpected, []);
  });
});

/** What we do on purpose although pkilint warns of it. */
function isException(name: Issued['name'], code: string): boolean {
  return exceptions.some(([names, finding]) => names.test(name) && finding === code);
}

// RFC 8813 §3 forbids keyEncipherment on EC keys; AWS's end-entity templates set it all the same, and so do we.
const exceptions: readonly (readonly [RegExp, string])[] = [[/^EndEntity/, 'pkix.key_usage_value_prohibited_for_ec']];
