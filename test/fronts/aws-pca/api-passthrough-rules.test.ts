/** ApiPassthrough beside the template, the authority's configuration and its name constraints. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { readCertificatePem } from '../../../src/x509/certificate.ts';
import { authorityInformationAccess } from '../../../src/x509/extensions/authority-information-access.ts';
import { type NameConstraints, nameConstraints } from '../../../src/x509/extensions/name-constraints.ts';
import { subjectAltName } from '../../../src/x509/extensions/subject-alt-name.ts';
import { oids } from '../../../src/x509/oids.ts';
import { assertException, ok } from '../aws-call.ts';
import { type OpensslReading, readingOf } from './openssl-text.ts';
import { blank, csrWith, openPassthrough, own, plainCsr, withOwn } from './passthrough-calls.ts';
import {
  activeRoot,
  csrOf,
  ecConfiguration,
  install,
  issuance,
  issued,
  judge,
  pending,
  template,
  years,
} from './pca.ts';

const { pca, root, ask, read } = await openPassthrough();
const { house, call } = pca;
after(() => house.close());

describe('ApiPassthrough', () => {
  describe('does', () => {
    it('nothing where the template does not take it, not even what makes no sense', async (t) => {
      const nonsense = {
        Subject: { CommonName: 'a', CustomAttributes: [{ ObjectIdentifier: '2.5.4.3', Value: 'b' }] },
        Extensions: { SubjectAlternativeNames: [{}], ExtendedKeyUsage: [{}], KeyUsage: { KeyCertSign: true } },
      };
      for (const name of ['EndEntityCertificate', 'EndEntityCertificate_CSRPassthrough']) {
        const reading = await read(t, name, nonsense);
        if (reading !== undefined) assert.equal(reading.subject, 'CN = csr.test');
      }
    });

    it('names a subordinate whose name constraints hold from then on, for every source of names', async (t) => {
      const limits: NameConstraints = {
        permitted: [{ kind: 'dns', value: 'inside.test' }],
        excluded: [
          { kind: 'dns', value: 'secret.inside.test' },
          { kind: 'email', value: 'inside.test' },
        ],
      };
      const authority = await pending(pca, {
        CertificateAuthorityType: 'SUBORDINATE',
        CertificateAuthorityConfiguration: { ...ecConfiguration, Subject: { CommonName: 'Constrained' } },
      });
      const made = await issued(pca, root.arn, await csrOf(pca, authority), {
        TemplateArn: template('SubordinateCACertificate_PathLen0_APIPassthrough'),
        Validity: years(5),
        ApiPassthrough: withOwn(own(oids.nameConstraints, nameConstraints.encode(limits), true)),
      });
      const files = { 'sub.pem': made.certificate };
      const text = await judge(t, files, ['x509', '-in', 'sub.pem', '-noout', '-text']);
      if (text === '') return;
      assert.deepEqual(readingOf(text).extensions.get('X509v3 Name Constraints'), {
        critical: true,
        value: 'Permitted: DNS:inside.test Excluded: DNS:secret.inside.test email:inside.test',
      });
      await install(pca, authority, made.certificate, String(made.chain));
      const san = (value: string) =>
        csrWith(
          [{ oid: oids.subjectAltName, critical: false, value: subjectAltName.encode([{ kind: 'dns', value }]) }],
          'csr',
        );
      const dns = (DnsName: string) => ({ Extensions: { SubjectAlternativeNames: [{ DnsName }] } });
      ok(await ask('EndEntityCertificate', undefined, san('a.inside.test'), authority));
      ok(await ask(blank, dns('a.inside.test'), san('a.outside.test'), authority));
      const hidden = own(oids.subjectAltName, subjectAltName.encode([{ kind: 'dns', value: 'a.outside.test' }]));
      const mail = { CustomAttributes: [{ ObjectIdentifier: '1.2.840.113549.1.9.1', Value: 'a@inside.test' }] };
      for (const [name, wish, csr] of [
        ['EndEntityCertificate', undefined, san('a.outside.test')],
        ['EndEntityCertificate_CSRPassthrough', undefined, san('secret.inside.test')],
        [blank, dns('a.outside.test'), san('a.inside.test')],
        [blank, dns('x.secret.inside.test'), san('a.inside.test')],
        [blank, withOwn(hidden), san('a.inside.test')],
        [blank, { Subject: { CommonName: 'a.outside.test' } }, csrWith([], 'csr')],
        [blank, { ...dns('a.inside.test'), Subject: mail }, plainCsr],
        // A leaf that calls itself like its issuer is no exception (RFC 5280 §6.1.3 (b)).
        [blank, { ...dns('a.outside.test'), Subject: { CommonName: 'Constrained' } }, plainCsr],
      ] as const) {
        assertException(await ask(name, wish, csr, authority), 'ValidationException', /name constraints/);
      }
    });

    it('leaves out what the template decides under the identifiers of the first drafts, from the API and the CSR', async () => {
      const value = subjectAltName.encode([{ kind: 'dns', value: 'a.outside.test' }]);
      const former = ['2.5.29.1', '2.5.29.2', '2.5.29.4', '2.5.29.7', '2.5.29.10'];
      const csr = csrWith(former.map((oid) => ({ oid, critical: false, value })));
      for (const name of ['EndEntityCertificate_APIPassthrough', 'BlankEndEntityCertificate_CSRPassthrough']) {
        const wish = withOwn(...former.map((oid) => own(oid, value)));
        const made = await issued(pca, root.arn, csr, { TemplateArn: template(name), ApiPassthrough: wish });
        const { extensions } = readCertificatePem(new TextEncoder().encode(made.certificate));
        assert.deepEqual(
          extensions.filter(({ oid }) => former.includes(oid)),
          [],
        );
      }
    });

    it('answers a token with the certificate of the same ApiPassthrough alone', async () => {
      const again = async (CommonName: string) =>
        ok(
          await call('IssueCertificate', {
            ...issuance(root.arn, plainCsr, {
              TemplateArn: template(blank),
              ApiPassthrough: { Subject: { CommonName } },
            }),
            IdempotencyToken: 'passthrough',
          }),
        ).CertificateArn;
      assert.equal(await again('one'), await again('one'));
      assert.notEqual(await again('one'), await again('two'));
    });

    it('lets another kind of authority information access stand where OCSP is off, and not where it is on', async (t) => {
      const wish = withOwn(
        own(
          oids.authorityInformationAccess,
          authorityInformationAccess.encode({ ocsp: ['http://api.test/ocsp'], caIssuers: [] }),
        ),
      );
      const access = (reading: OpensslReading | undefined) =>
        reading?.extensions.get('Authority Information Access')?.value.replace(/[0-9a-f-]{36}/, 'id');
      const off = access(await read(t, blank, wish));
      if (off === undefined) return;
      assert.equal(off, 'OCSP - URI:http://api.test/ocsp');
      const { arn } = await activeRoot(pca, { RevocationConfiguration: { OcspConfiguration: { Enabled: true } } });
      assert.equal(
        access(await read(t, blank, wish, plainCsr, arn)),
        'OCSP - URI:http://pki.test/ocsp CA Issuers - URI:http://pki.test/authorities/id.cer',
      );
    });
  });
});
