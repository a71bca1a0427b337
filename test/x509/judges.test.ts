import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as pkijs from 'pkijs';
import { mlDsaAlgorithms, type SignatureAlgorithm, signatureAlgorithms } from '../../src/core/key.ts';
import { readCertificate } from '../../src/x509/certificate.ts';
import { verifyChain } from '../../src/x509/chain.ts';
import { prepareCsr } from '../../src/x509/issuance/prepare-csr.ts';
import { assembleCsr } from '../../src/x509/issuance/seal.ts';
import { signWith } from '../../src/x509/algorithms/signature.ts';
import { keyId } from '../../src/core/ids.ts';
import { writePem } from '../../src/x509/pem.ts';
import { needs, runProgram } from '../programs.ts';
import { aCsr, aKey, aRequest, aRoot, aSubordinate, authorityProfile, day, issue, named } from './an-authority.ts';

const start = Math.floor(Date.now() / 1000) * 1000;
const validity = { notBefore: start - 60_000, notAfter: start + 20 * day };
const longer = { notBefore: start - 60_000, notAfter: start + 365 * 30 * day };
const keys = { RSA: aKey('RSA-2048'), EC: aKey('P-384') };
/** Debian's openssl 3.0 knows no ML-DSA: ml-dsa.test.ts has judges for it. */
const judged = signatureAlgorithms.filter((each) => !mlDsaAlgorithms.some((one) => one === each));
const keyFor = (algorithm: SignatureAlgorithm) => (algorithm.endsWith('ECDSA') ? keys.EC : keys.RSA);
const pointers = {
  crl: ['http://pki.example/crl'],
  ocsp: ['http://pki.example/ocsp'],
  caIssuers: ['http://pki.example/ca'],
};
const names = [
  { kind: 'dns', value: '*.example.com' },
  { kind: 'ip', value: '2001:db8::1' },
  { kind: 'directory', value: named('other') },
] as const;

function pair(algorithm: SignatureAlgorithm): { root: Uint8Array; leaf: Uint8Array } {
  const root = aRoot({ validity: longer }, keyFor(algorithm), algorithm);
  const request = aRequest(root, aCsr(aKey(), named('host'), names), {
    validity,
    pointers,
    signatureAlgorithm: algorithm,
  });
  return { root: root.der, leaf: issue(request, root.key).der };
}

describe('what we wrote is judged good by', () => {
  let folder = '';
  before(async () => void (folder = await mkdtemp(join(tmpdir(), 'x509-'))));
  after(() => rm(folder, { recursive: true }));
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  for (const algorithm of judged) {
    it(`openssl verify -x509_strict, ${algorithm}`, async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const { root, leaf } = pair(algorithm);
      const ca = await file(`${algorithm}-ca.pem`, writePem('CERTIFICATE', root));
      const path = await file(`${algorithm}.pem`, writePem('CERTIFICATE', leaf));
      const verified = await runProgram(openssl, ['verify', '-x509_strict', '-check_ss_sig', '-CAfile', ca, path]);
      assert.equal(verified.code, 0, verified.stderr);
      const shown = (await runProgram(openssl, ['x509', '-in', path, '-noout', '-text'])).stdout.toString();
      assert.match(shown, /DNS:\*\.example\.com, IP Address:2001:DB8:0:0:0:0:0:1, DirName:/);
      assert.match(shown, /CA Issuers - URI:http:\/\/pki\.example\/ca/);
      const ours = verifyChain([readCertificate(leaf), readCertificate(root)], { at: Date.now(), endsInRoot: true });
      assert.equal(ours.length, 2);
    });
  }

  it('openssl, a chain of three with path lengths, and asn1parse', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const root = aRoot();
    const subordinate = aSubordinate(root, 0);
    const leaf = issue(aRequest(subordinate, aCsr(aKey(), named('host'))), subordinate.key);
    const ca = await file('3-ca.pem', writePem('CERTIFICATE', root.der));
    const between = await file('3-sub.pem', writePem('CERTIFICATE', subordinate.der));
    const path = await file('3.pem', writePem('CERTIFICATE', leaf.der));
    const at = String(leaf.validity.notBefore / 1000 + 60);
    const args = ['verify', '-x509_strict', '-attime', at, '-CAfile', ca, '-untrusted', between, path];
    const verified = await runProgram(openssl, args);
    assert.equal(verified.code, 0, verified.stderr);
    assert.equal((await runProgram(openssl, ['asn1parse', '-in', path, '-strictpem'])).code, 0);
  });

  it('openssl req -verify, our own CSR', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    for (const algorithm of ['SHA384-ECDSA', 'SHA256-RSA-PSS'] as const) {
      const key = keyFor(algorithm);
      const prepared = prepareCsr({
        key: keyId(crypto.randomUUID()),
        publicKey: key.spki,
        subject: named('authority'),
        signatureAlgorithm: algorithm,
        profile: authorityProfile(),
      });
      const csr = assembleCsr(prepared, (name, octets) => signWith(name, key.privateKey, octets));
      const path = await file(`${algorithm}.csr`, writePem('CERTIFICATE REQUEST', csr));
      const shown = await runProgram(openssl, ['req', '-in', path, '-noout', '-verify', '-text']);
      assert.equal(shown.code, 0, shown.stderr);
      assert.match(shown.stdout.toString(), /Certificate Sign, CRL Sign/);
    }
  });

  it('certtool of GnuTLS', async (t) => {
    const certtool = needs(t, 'certtool');
    if (certtool === undefined) return;
    const { root, leaf } = pair('SHA256-RSA-PSS');
    const ca = await file('g-ca.pem', writePem('CERTIFICATE', root));
    const path = await file('g.pem', writePem('CERTIFICATE', leaf));
    const verified = await runProgram(certtool, ['--verify', '--load-ca-certificate', ca, '--infile', path]);
    assert.equal(verified.code, 0, verified.stdout.toString() + verified.stderr);
  });

  it('pkijs, which reads it and verifies the signature', async () => {
    const { root, leaf } = pair('SHA256-ECDSA');
    const certificate = pkijs.Certificate.fromBER(leaf);
    assert.equal(await certificate.verify(pkijs.Certificate.fromBER(root)), true);
    assert.deepEqual(
      certificate.extensions?.map(({ extnID, critical }) => [extnID, critical]),
      readCertificate(leaf).extensions.map(({ oid, critical }) => [oid, critical]),
    );
  });
});
