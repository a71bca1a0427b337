import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import {
  activeRoot,
  activeSubordinate,
  csrOf,
  csrVector,
  days,
  describe as described,
  install,
  issued,
  judge,
  openPca,
  pending,
  template,
  years,
} from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const root = await activeRoot(pca);

const base64 = (text: string) => Buffer.from(text).toString('base64');
const importing = (CertificateAuthorityArn: string, certificate: string, chain?: string) =>
  call('ImportCertificateAuthorityCertificate', {
    CertificateAuthorityArn,
    Certificate: base64(certificate),
    ...(chain === undefined ? {} : { CertificateChain: base64(chain) }),
  });
const subordinate = () => pending(pca, { CertificateAuthorityType: 'SUBORDINATE' });
const signedByRoot = async (arn: string) =>
  issued(pca, root.arn, await csrOf(pca, arn), {
    TemplateArn: template('SubordinateCACertificate_PathLen0'),
    Validity: years(1),
  });

describe('Private CA ImportCertificateAuthorityCertificate', () => {
  describe('accepts', () => {
    it("a subordinate's certificate with its chain, and answers without a body", async () => {
      const arn = await subordinate();
      const { certificate, chain } = await signedByRoot(arn);
      const answer = await importing(arn, certificate, chain);
      assert.deepEqual([answer.status, answer.text], [200, '']);
      const found = ok(await call('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: arn }));
      assert.deepEqual(found, { Certificate: certificate, CertificateChain: root.certificate });
    });

    it('a certificate that an authority outside signed', async (t) => {
      const arn = await subordinate();
      const csr = await csrOf(pca, arn);
      const config =
        '[v3]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n[req]\ndistinguished_name=dn\n[dn]\n';
      const outside = await judge(t, { 'c.cnf': config, 'ca.csr': csr }, [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        '-',
        '-subj',
        '/CN=Outside',
        '-days',
        '3650',
        '-config',
        'c.cnf',
        '-extensions',
        'v3',
      ]);
      if (outside === '') return;
      const at = outside.indexOf('-----BEGIN CERTIFICATE');
      const [key, top] = [outside.slice(0, at), outside.slice(at)];
      // openssl signs with the real clock, which this test then sets in the house.
      const certificate = await judge(t, { 'c.cnf': config, 'ca.csr': csr, 'top.key': key, 'top.pem': top }, [
        'x509',
        '-req',
        '-in',
        'ca.csr',
        '-CA',
        'top.pem',
        '-CAkey',
        'top.key',
        '-set_serial',
        '4109',
        '-days',
        '365',
        '-extfile',
        'c.cnf',
        '-extensions',
        'v3',
      ]);
      const late = Math.round((Date.now() - house.clock.now()) / 1000) + 60;
      house.clock.advance({ seconds: late });
      await install(pca, arn, certificate, top);
      assert.equal((await described(pca, arn)).Serial, '4109');
      house.clock.advance({ seconds: -late });
    });

    it('a newer certificate for the same key, over an ACTIVE authority', async () => {
      const { arn } = await activeRoot(pca);
      house.clock.advance({ days: 1 });
      const csr = await csrOf(pca, arn);
      const newer = await issued(pca, arn, csr, { TemplateArn: template('RootCACertificate'), Validity: years(20) });
      await install(pca, arn, newer.certificate);
      const found = await described(pca, arn);
      assert.equal(found.Status, 'ACTIVE');
      assert.equal(found.Serial, BigInt(`0x${new X509Certificate(newer.certificate).serialNumber}`).toString());
      assert.equal(found.LastStateChangeAt, house.clock.now() / 1000);
      house.clock.advance({ days: -1 });
    });
  });

  describe('refuses', () => {
    it('a certificate of another key: CertificateMismatchException', async () => {
      assertException(
        await importing(await pending(pca), root.certificate),
        'CertificateMismatchException',
        /public key/,
      );
    });

    it('what is no certificate, and two certificates at once: MalformedCertificateException', async () => {
      const arn = await pending(pca);
      for (const text of ['hello', csrVector('p256'), `${root.certificate}\n${root.certificate}`]) {
        assertException(await importing(arn, text), 'MalformedCertificateException', /./);
      }
    });

    it('the certificate of a leaf', async () => {
      const arn = await subordinate();
      const { certificate, chain } = await issued(pca, root.arn, await csrOf(pca, arn));
      assertException(await importing(arn, certificate, chain), 'MalformedCertificateException', /CA:TRUE/);
    });

    it("a subordinate's certificate without its chain, and a root's with one: InvalidRequestException", async () => {
      const arn = await subordinate();
      const { certificate } = await signedByRoot(arn);
      assertException(await importing(arn, certificate), 'InvalidRequestException', /needs its chain/);
      const other = await pending(pca);
      const own = await issued(pca, other, await csrOf(pca, other), { TemplateArn: template('RootCACertificate') });
      assertException(await importing(other, own.certificate, root.certificate), 'InvalidRequestException', /no chain/);
    });

    it('a chain that did not sign it, and one out of order: CertificateMismatchException', async () => {
      const arn = await subordinate();
      const { certificate } = await signedByRoot(arn);
      const stranger = await activeRoot(pca);
      assertException(await importing(arn, certificate, stranger.certificate), 'CertificateMismatchException', /./);
      const middle = await activeSubordinate(pca, root.arn, 1);
      const below = await subordinate();
      const low = await issued(pca, middle.arn, await csrOf(pca, below), {
        TemplateArn: template('SubordinateCACertificate_PathLen0'),
      });
      const outOfOrder = `${root.certificate}\n${middle.certificate}`;
      assertException(await importing(below, low.certificate, outOfOrder), 'CertificateMismatchException', /./);
      await install(pca, below, low.certificate, low.chain);
    });

    it('an authority that is deleted: InvalidStateException', async () => {
      const arn = await pending(pca);
      const { certificate } = await issued(pca, arn, await csrOf(pca, arn), {
        TemplateArn: template('RootCACertificate'),
      });
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: arn }));
      assertException(await importing(arn, certificate), 'InvalidStateException');
    });

    it('a reader and another account', async () => {
      const input = { CertificateAuthorityArn: root.arn, Certificate: base64(root.certificate) };
      for (const key of [house.reader, house.stranger]) {
        assertException(await call('ImportCertificateAuthorityCertificate', input, { key }), 'AccessDeniedException');
      }
    });
  });

  describe('does', () => {
    it('makes a pending root ACTIVE, and its certificate is shown from then on', async () => {
      assert.equal((await described(pca, root.arn)).Status, 'ACTIVE');
      const found = ok(await call('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: root.arn }));
      assert.deepEqual(found, { Certificate: root.certificate });
    });

    it('brings an expired authority back, which issues again', async () => {
      const { arn } = await activeRoot(pca, {}, { Validity: days(1) });
      const csr = await csrOf(pca, arn);
      const newer = await issued(pca, arn, csr, { TemplateArn: template('RootCACertificate'), Validity: years(1) });
      house.clock.advance({ days: 2 });
      assert.equal((await described(pca, arn)).Status, 'EXPIRED');
      await install(pca, arn, newer.certificate);
      assert.equal((await described(pca, arn)).Status, 'ACTIVE');
      await issued(pca, arn, csrVector('p256'), { Validity: days(7) });
      house.clock.advance({ days: -2 });
    });
  });
});
