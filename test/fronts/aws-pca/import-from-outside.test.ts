/**
 * ImportCertificateAuthorityCertificate with certificates that openssl signed outside: each rule of the service's page
 * ("Enforcement of Critical Constraints", and the requirements of the chain) and of RFC 5280 §6.1.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { needs } from '../../programs.ts';
import { type OutsideAuthority, type OutsidePki, ofAuthority, openOutsidePki } from './outside-pki.ts';
import { csrOf, csrVector, describe as described, install, issued, judge, openPca, pending, template } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());

describe('Private CA ImportCertificateAuthorityCertificate of a parent outside', () => {
  let pki: OutsidePki | undefined;
  let parent: OutsideAuthority | undefined;
  before(() => {
    // openssl signs with the real clock, which the house takes over.
    house.clock.advance({ seconds: Math.round((Date.now() - house.clock.now()) / 1000) + 60 });
  });
  after(() => pki?.close());

  /** The outside, a subordinate that waits, and its CSR; undefined when openssl is missing. */
  async function scene(t: TestContext, wish: Record<string, unknown> = {}) {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return undefined;
    pki ??= openOutsidePki(openssl);
    parent ??= pki.root();
    const arn = await pending(pca, { CertificateAuthorityType: 'SUBORDINATE', ...wish });
    return { pki, parent, arn, csr: await csrOf(pca, arn) };
  }

  const importing = (CertificateAuthorityArn: string, certificate: string | Buffer, chain?: string) =>
    call('ImportCertificateAuthorityCertificate', {
      CertificateAuthorityArn,
      Certificate: Buffer.from(certificate).toString('base64'),
      ...(chain === undefined ? {} : { CertificateChain: Buffer.from(chain).toString('base64') }),
    });

  describe('accepts', () => {
    for (const [name, key] of [
      ['RSA-2048', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
      ['P-384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384']],
    ] as const) {
      it(`a parent with an ${name} key; what the authority issues verifies up to it`, async (t) => {
        const at = await scene(t);
        if (at === undefined) return;
        const root = at.pki.root({ key });
        const middle = at.pki.under(root);
        await install(pca, at.arn, at.pki.sign(middle, at.csr), middle.chain);
        const leaf = await issued(pca, at.arn, csrVector('p256'), { Validity: { Type: 'DAYS', Value: 7 } });
        const files = { 'root.pem': root.certificate, 'chain.pem': String(leaf.chain), 'leaf.pem': leaf.certificate };
        const verify = ['verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'chain.pem', 'leaf.pem'];
        // openssl's clock is a minute late here, which the back-dating covers.
        assert.match(await judge(t, files, verify), /leaf\.pem: OK/);
      });
    }

    it('another subject than that of the CSR, which then is the issuer of what it signs', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      await install(
        pca,
        at.arn,
        at.pki.sign(at.parent, at.csr, { subject: '/O=Elsewhere/CN=Renamed' }),
        at.parent.chain,
      );
      const { certificate } = await issued(pca, at.arn, csrVector('p256'), { Validity: { Type: 'DAYS', Value: 7 } });
      assert.match(
        await judge(t, { c: certificate }, ['x509', '-in', 'c', '-noout', '-issuer']),
        /O = Elsewhere, CN = Renamed/,
      );
    });

    for (const extension of [
      'authorityKeyIdentifier=critical,keyid',
      'certificatePolicies=critical,2.5.29.32.0',
      'extendedKeyUsage=critical,serverAuth',
      'inhibitAnyPolicy=critical,1',
      'issuerAltName=critical,DNS:issuer.example',
      'nameConstraints=critical,permitted;DNS:example.com',
      'policyMappings=critical,1.2.3:1.2.4',
      'subjectAltName=critical,DNS:example.com',
      'subjectKeyIdentifier=critical,hash',
      'subjectInfoAccess=critical,1.3.6.1.5.5.7.48.5;URI:http://repository.example/',
      'authorityInfoAccess=OCSP;URI:http://ocsp.example/',
      'crlDistributionPoints=URI:http://crl.example/a.crl',
      'policyConstraints=requireExplicitPolicy:0',
      '1.2.3.4=ASN1:NULL',
    ]) {
      it(extension, async (t) => {
        const at = await scene(t);
        if (at === undefined) return;
        const certificate = at.pki.sign(at.parent, at.csr, { extensions: [...ofAuthority, extension] });
        await install(pca, at.arn, certificate, at.parent.chain);
        assert.equal((await described(pca, at.arn)).Status, 'ACTIVE');
      });
    }

    for (const [name, quirk] of [
      ['text around it, as openssl prints it', (pem: string) => `Certificate:\n    Data:\n${pem}\nbye\n`],
      ['CRLF', (pem: string) => pem.replaceAll('\n', '\r\n')],
      ['no line end after the last line', (pem: string) => pem.trimEnd()],
    ] as const) {
      it(`PEM with ${name}`, async (t) => {
        const at = await scene(t);
        if (at === undefined) return;
        await install(pca, at.arn, quirk(at.pki.sign(at.parent, at.csr)), quirk(at.parent.chain));
      });
    }

    it('another certificate over an ACTIVE and a DISABLED authority, which stay so', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      await install(pca, at.arn, at.pki.sign(at.parent, at.csr), at.parent.chain);
      for (const Status of ['ACTIVE', 'DISABLED']) {
        ok(await call('UpdateCertificateAuthority', { CertificateAuthorityArn: at.arn, Status }));
        house.clock.advance({ seconds: 10 });
        const other = at.pki.root({ name: `Another of ${Status}` });
        await install(pca, at.arn, at.pki.sign(other, at.csr), other.chain);
        const found = await described(pca, at.arn);
        assert.deepEqual([found.Status, found.LastStateChangeAt], [Status, house.clock.now() / 1000]);
        const inForce = ok(await call('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: at.arn }));
        assert.equal(inForce.CertificateChain, other.certificate.trimEnd());
      }
    });
  });

  describe('refuses', () => {
    const usage = 'keyUsage=critical,keyCertSign,cRLSign';
    const constraints = 'basicConstraints=critical,CA:TRUE';
    for (const [name, extensions, sentence] of [
      ['basic constraints that are not critical', ['basicConstraints=CA:TRUE', usage], /critical basic constraints/],
      ['no basic constraints', [usage], /critical basic constraints/],
      ['CA:FALSE', ['basicConstraints=critical,CA:FALSE', usage], /CA:TRUE/],
      ['no key usage', [constraints], /keyCertSign/],
      ['a key usage without keyCertSign', [constraints, 'keyUsage=critical,cRLSign'], /keyCertSign/],
      [
        'critical authority information access',
        [...ofAuthority, 'authorityInfoAccess=critical,OCSP;URI:http://o/'],
        /authority information access must not be marked critical/,
      ],
      [
        'critical CRL distribution points',
        [...ofAuthority, 'crlDistributionPoints=critical,URI:http://c/'],
        /CRL distribution points must not/,
      ],
      ['a critical freshest CRL', [...ofAuthority, 'freshestCRL=critical,URI:http://c/'], /freshest CRL must not/],
      [
        'critical policy constraints',
        [...ofAuthority, 'policyConstraints=critical,requireExplicitPolicy:0'],
        /policy constraints must not/,
      ],
      ['an unknown critical extension', [...ofAuthority, '1.2.3.4=critical,ASN1:NULL'], /1\.2\.3\.4 must not/],
    ] as const) {
      it(`${name}: MalformedCertificateException`, async (t) => {
        const at = await scene(t);
        if (at === undefined) return;
        const certificate = at.pki.sign(at.parent, at.csr, { extensions });
        assertException(
          await importing(at.arn, certificate, at.parent.chain),
          'MalformedCertificateException',
          sentence,
        );
        assert.equal((await described(pca, at.arn)).Status, 'PENDING_CERTIFICATE');
      });
    }

    it('a refused critical extension anywhere in the chain: MalformedCertificateException', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      for (const extension of ['crlDistributionPoints=critical,URI:http://c/', '1.2.3.4=critical,ASN1:NULL']) {
        const root = at.pki.root({ extensions: [...ofAuthority, extension] });
        const middle = at.pki.under(root);
        const answer = await importing(at.arn, at.pki.sign(middle, at.csr), middle.chain);
        assertException(answer, 'MalformedCertificateException', /must not be marked critical/);
      }
    });

    it('a certificate for another key: CertificateMismatchException', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      const other = at.pki.sign(at.parent, csrVector('p256'));
      assertException(await importing(at.arn, other, at.parent.chain), 'CertificateMismatchException', /public key/);
    });

    it('a chain that stops below the root, is out of order, or is of others: CertificateMismatchException', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      const middle = at.pki.under(at.parent);
      const certificate = at.pki.sign(middle, at.csr);
      const namesake = at.pki.root();
      for (const [chain, sentence] of [
        [middle.certificate, /does not end in a self-signed certificate/],
        [`${at.parent.certificate}${middle.certificate}`, /not the issuer/],
        [at.parent.certificate, /not the issuer/],
        [`${middle.certificate}${namesake.certificate}`, /does not verify with its issuer's key/],
        [`${middle.chain}${namesake.certificate}`, /./],
      ] as const) {
        assertException(await importing(at.arn, certificate, chain), 'CertificateMismatchException', sentence);
      }
      await install(pca, at.arn, certificate, middle.chain);
    });

    it('an authority below one that allows none (RFC 5280 §4.2.1.9): CertificateMismatchException', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      const strict = at.pki.root({ extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', usage] });
      const answer = await importing(at.arn, at.pki.sign(strict, at.csr), strict.chain);
      assertException(answer, 'CertificateMismatchException', /allows 0 authorities below it, there are 1/);
      const wide = at.pki.root({ extensions: ['basicConstraints=critical,CA:TRUE,pathlen:1', usage] });
      await install(pca, at.arn, at.pki.sign(wide, at.csr), wide.chain);
    });

    it('a name that an authority above excludes (RFC 5280 §4.2.1.10): CertificateMismatchException', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      const strict = at.pki.root({ extensions: [...ofAuthority, 'nameConstraints=critical,excluded;dirName:dir'] });
      const certificate = at.pki.sign(strict, at.csr, { subject: '/O=Chancery Tests/CN=Inside' });
      assertException(await importing(at.arn, certificate, strict.chain), 'CertificateMismatchException');
      const allowed = at.pki.sign(strict, at.csr, { subject: '/O=Others/CN=Outside' });
      await install(pca, at.arn, allowed, strict.chain);
    });

    it('a certificate that has ended or not begun, and a chain that has ended', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      const certificate = at.pki.sign(at.parent, at.csr, { days: 2 });
      house.clock.advance({ days: 3 });
      assertException(
        await importing(at.arn, certificate, at.parent.chain),
        'MalformedCertificateException',
        /has expired/,
      );
      const brief = at.pki.root({ days: 2 });
      assertException(
        await importing(at.arn, at.pki.sign(brief, at.csr), brief.chain),
        'CertificateMismatchException',
        /ended at/,
      );
      house.clock.advance({ days: -6 });
      assertException(
        await importing(at.arn, certificate, at.parent.chain),
        'MalformedCertificateException',
        /not valid yet/,
      );
      house.clock.advance({ days: 3 });
    });

    it('a certificate of another for a root, the certificate in its own chain, no chain: InvalidRequestException', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      const root = await pending(pca);
      const notItsOwn = at.pki.sign(at.parent, await csrOf(pca, root));
      assertException(await importing(root, notItsOwn), 'InvalidRequestException', /signed by its own key/);
      const certificate = at.pki.sign(at.parent, at.csr);
      const twice = `${certificate}${at.parent.chain}`;
      assertException(
        await importing(at.arn, certificate, twice),
        'InvalidRequestException',
        /contain the certificate itself/,
      );
      for (const none of [undefined, '']) {
        assertException(await importing(at.arn, certificate, none), 'InvalidRequestException', /needs its chain/);
      }
    });

    it('a sixth level: InvalidRequestException', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      const fourth = [1, 2, 3].reduce((above) => at.pki.under(above), at.parent);
      const fifth = at.pki.under(fourth);
      assertException(
        await importing(at.arn, at.pki.sign(fifth, at.csr), fifth.chain),
        'InvalidRequestException',
        /at most 4/,
      );
      await install(pca, at.arn, at.pki.sign(fourth, at.csr), fourth.chain);
    });

    it('a certificate without cRLSign while the CRL is enabled: InvalidRequestException', async (t) => {
      const RevocationConfiguration = { CrlConfiguration: { Enabled: true, S3BucketName: 'a-bucket' } };
      const at = await scene(t, { RevocationConfiguration });
      if (at === undefined) return;
      const certificate = at.pki.sign(at.parent, at.csr, {
        extensions: [constraints, 'keyUsage=critical,keyCertSign'],
      });
      assertException(await importing(at.arn, certificate, at.parent.chain), 'InvalidRequestException', /cRLSign/);
      await install(pca, at.arn, at.pki.sign(at.parent, at.csr), at.parent.chain);
    });

    it('what is no single PEM certificate: MalformedCertificateException', async (t) => {
      const at = await scene(t);
      if (at === undefined) return;
      const certificate = at.pki.sign(at.parent, at.csr);
      const trusted = at.pki.run(['x509', '-trustout'], certificate);
      for (const bad of [
        trusted,
        at.csr,
        `${certificate}${at.parent.certificate}`,
        'no certificate',
        certificate.slice(0, 200),
      ]) {
        assertException(await importing(at.arn, bad, at.parent.chain), 'MalformedCertificateException');
      }
      for (const bad of [at.csr, 'no certificate', at.parent.chain.replace('MII', 'MIJ')]) {
        assertException(await importing(at.arn, certificate, bad), 'MalformedCertificateException');
      }
    });
  });

  it('does: a renewed parent needs no new key, and template and chain follow the certificate in force', async (t) => {
    const at = await scene(t);
    if (at === undefined) return;
    const narrow = ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=critical,keyCertSign,cRLSign'];
    await install(pca, at.arn, at.pki.sign(at.parent, at.csr, { extensions: narrow }), at.parent.chain);
    const below = await pending(pca, { CertificateAuthorityType: 'SUBORDINATE' });
    const wish = {
      CertificateAuthorityArn: at.arn,
      Csr: Buffer.from(await csrOf(pca, below)).toString('base64'),
      SigningAlgorithm: 'SHA256WITHECDSA',
      TemplateArn: template('SubordinateCACertificate_PathLen0'),
      Validity: { Type: 'DAYS', Value: 30 },
    };
    assertException(await call('IssueCertificate', wish), 'ValidationException');
    await install(pca, at.arn, at.pki.sign(at.parent, at.csr), at.parent.chain);
    ok(await call('IssueCertificate', wish));
  });
});
