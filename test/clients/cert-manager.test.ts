/**
 * cert-manager's aws-privateca-issuer (pkg/aws/pca.go), as test/clients/go/certmanager repeats its calls: Go has
 * verified each bundle against the root for its usages; here is what else a cluster would notice.
 */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { needs, outputOf } from '../programs.ts';
import { folderForTests, serverForTests } from '../running-server.ts';
import { clientSettings } from './client-settings.ts';

const program = 'chancery-client-cert-manager';
const templates = {
  both: 'EndEntityCertificate',
  server: 'EndEntityServerAuthCertificate',
  client: 'EndEntityClientAuthCertificate',
  code: 'CodeSigningCertificate',
  ocsp: 'OCSPSigningCertificate',
  other: 'BlankEndEntityCertificate_APICSRPassthrough',
  authority: 'SubordinateCACertificate_PathLen0',
};

describe('cert-manager’s issuer for AWS Private CA', async () => {
  const server = await serverForTests();
  const home = await folderForTests();

  it('gets at once, for each choice of usages, a bundle that ends below the root', async (t) => {
    const path = needs(t, program);
    if (path === undefined) return;
    const printed = await outputOf(path, [], { env: clientSettings(server, home), timeoutMs: 120_000 });
    const { root, signed }: Issuer = JSON.parse(printed.toString());
    assert.deepEqual(Object.fromEntries(signed.map(({ name, template }) => [name, template])), templates);
    for (const one of signed) {
      assert.equal(one.againArn, one.arn, `${one.name}: one token, one certificate`);
      assert.equal(one.root.trim(), root.trim(), `${one.name}: ca.crt is the root`);
      const bundle = certificatesIn(one.bundle);
      assert.equal(bundle.length, 2, `${one.name}: the leaf and the authority between`);
      const [leaf, between] = bundle;
      assert.ok(leaf !== undefined && between !== undefined && leaf.checkIssued(between));
      assert.ok(between.checkIssued(new X509Certificate(root)));
      assert.equal(Date.parse(leaf.validTo) / 1000, one.notAfter, `${one.name}: ABSOLUTE is to the second`);
      assert.equal(leaf.ca, one.name === 'authority');
    }
    assert.equal(new Set(signed.map(({ arn }) => arn)).size, signed.length);
  });
});

function certificatesIn(bundle: string): X509Certificate[] {
  return [...bundle.matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)].map(
    ([pem]) => new X509Certificate(pem),
  );
}

/** What the program prints. */
interface Issuer {
  readonly root: string;
  readonly signed: readonly {
    readonly name: string;
    readonly template: string;
    readonly arn: string;
    readonly againArn: string;
    readonly bundle: string;
    readonly root: string;
    readonly notAfter: number;
  }[];
}
