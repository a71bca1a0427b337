/** ApiPassthrough of IssueCertificate, member by member: openssl reads what came of it. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { authorityKeyIdentifier } from '../../../src/x509/extensions/authority-key-identifier.ts';
import { extendedKeyUsage } from '../../../src/x509/extensions/extended-key-usage.ts';
import { keyUsage } from '../../../src/x509/extensions/key-usage.ts';
import { subjectAltName } from '../../../src/x509/extensions/subject-alt-name.ts';
import { oids } from '../../../src/x509/oids.ts';
import { assertException } from '../aws-call.ts';
import { readingOf } from './openssl-text.ts';
import { blank, openPassthrough, own, plainCsr, withOwn } from './passthrough-calls.ts';
import { csrOf, csrVector, issued, judge, pending, template, years } from './pca.ts';

const { pca, root, ask, read } = await openPassthrough();
const { house } = pca;
after(() => house.close());

describe('ApiPassthrough', () => {
  describe('accepts', () => {
    it('a subject of every standard attribute, each in its string type', async (t) => {
      const Subject = {
        Country: 'CH',
        Organization: 'Größe AG',
        OrganizationalUnit: 'unit',
        DistinguishedNameQualifier: 'dn-1',
        State: 'Zürich',
        CommonName: 'name',
        SerialNumber: '42-a',
        Locality: 'Zug',
        Title: 'Dr.',
        Surname: 'Muster',
        GivenName: 'Ada',
        Initials: 'A.M.',
        Pseudonym: 'nobody',
        GenerationQualifier: 'III',
      };
      const { certificate } = await issued(pca, root.arn, plainCsr, {
        TemplateArn: template(blank),
        ApiPassthrough: { Subject },
      });
      const options = ['-nameopt', 'show_type,sname,sep_comma_plus,utf8', '-noout', '-subject'];
      const text = await judge(t, { 'c.pem': certificate }, ['x509', '-in', 'c.pem', ...options]);
      if (text === '') return;
      assert.equal(
        text.trim(),
        'subject=C=PRINTABLESTRING:CH,O=UTF8STRING:Größe AG,OU=UTF8STRING:unit,dnQualifier=PRINTABLESTRING:dn-1,' +
          'ST=UTF8STRING:Zürich,CN=UTF8STRING:name,serialNumber=PRINTABLESTRING:42-a,L=UTF8STRING:Zug,' +
          'title=UTF8STRING:Dr.,SN=UTF8STRING:Muster,GN=UTF8STRING:Ada,initials=UTF8STRING:A.M.,' +
          'pseudonym=UTF8STRING:nobody,generationQualifier=UTF8STRING:III',
      );
    });

    it('a subject of custom attributes in their order, mail and domain component as IA5String', async (t) => {
      const attribute = (ObjectIdentifier: string, Value: string) => ({ ObjectIdentifier, Value });
      const Subject = {
        CustomAttributes: [
          attribute('0.9.2342.19200300.100.1.25', 'example'),
          attribute('1.2.840.113549.1.9.1', 'a@example.com'),
          attribute('2.5.4.5', '7'),
          attribute('1.3.6.1.4.1.37244.1.1', '00112233AABBCCDD'),
        ],
      };
      const { certificate } = await issued(pca, root.arn, plainCsr, {
        TemplateArn: template(blank),
        ApiPassthrough: { Subject },
      });
      const options = ['-nameopt', 'show_type,oid,sep_comma_plus', '-noout', '-subject'];
      const text = await judge(t, { 'c.pem': certificate }, ['x509', '-in', 'c.pem', ...options]);
      if (text === '') return;
      assert.equal(
        text.trim(),
        'subject=0.9.2342.19200300.100.1.25=IA5STRING:example,1.2.840.113549.1.9.1=IA5STRING:a@example.com,' +
          '2.5.4.5=PRINTABLESTRING:7,1.3.6.1.4.1.37244.1.1=UTF8STRING:00112233AABBCCDD',
      );
    });

    it('alternative names of every kind', async (t) => {
      const SubjectAlternativeNames = [
        { DnsName: '*.api.test' },
        { Rfc822Name: 'a@api.test' },
        { UniformResourceIdentifier: 'spiffe://api.test/a' },
        { IpAddress: '192.0.2.7' },
        { IpAddress: '2001:db8::7' },
        { RegisteredId: '1.2.3.4' },
        { DirectoryName: { Country: 'CH', CommonName: 'directory' } },
        { OtherName: { TypeId: '1.3.6.1.4.1.311.20.2.3', Value: 'user@api.test' } },
        { EdiPartyName: { NameAssigner: 'who', PartyName: 'party' } },
      ];
      const reading = await read(t, blank, { Extensions: { SubjectAlternativeNames } });
      if (reading === undefined) return;
      assert.deepEqual(reading.extensions.get('X509v3 Subject Alternative Name'), {
        critical: false,
        value:
          'DNS:*.api.test, email:a@api.test, URI:spiffe://api.test/a, IP Address:192.0.2.7, ' +
          'IP Address:2001:DB8:0:0:0:0:0:7, Registered ID:1.2.3.4, DirName:/C=CH/CN=directory, ' +
          'othername: UPN::user@api.test, EdiPartyName:<unsupported>',
      });
    });

    it('every key usage, and none where none is true', async (t) => {
      const KeyUsage = {
        DigitalSignature: true,
        NonRepudiation: true,
        KeyEncipherment: true,
        KeyAgreement: true,
        EncipherOnly: true,
        DecipherOnly: true,
      };
      const reading = await read(t, blank, { Extensions: { KeyUsage } });
      assert.deepEqual(
        reading?.extensions.get('X509v3 Key Usage'),
        reading && {
          critical: true,
          value: 'Digital Signature, Non Repudiation, Key Encipherment, Key Agreement, Encipher Only, Decipher Only',
        },
      );
      const without = await read(t, blank, { Extensions: { KeyUsage: { DigitalSignature: false } } });
      assert.equal(without?.extensions.has('X509v3 Key Usage') ?? false, false);
    });

    it('every extended key usage by name, and others by identifier, each once', async (t) => {
      const types = [
        'SERVER_AUTH',
        'CLIENT_AUTH',
        'CODE_SIGNING',
        'EMAIL_PROTECTION',
        'TIME_STAMPING',
        'OCSP_SIGNING',
        'SMART_CARD_LOGIN',
        'DOCUMENT_SIGNING',
        'CERTIFICATE_TRANSPARENCY',
        'SERVER_AUTH',
      ];
      const ExtendedKeyUsage = [
        ...types.map((ExtendedKeyUsageType) => ({ ExtendedKeyUsageType })),
        { ExtendedKeyUsageObjectIdentifier: '1.0.18013.5.1.2' },
      ];
      const reading = await read(t, blank, { Extensions: { ExtendedKeyUsage } });
      assert.deepEqual(
        reading?.extensions.get('X509v3 Extended Key Usage'),
        reading && {
          critical: false,
          value:
            'TLS Web Server Authentication, TLS Web Client Authentication, Code Signing, E-mail Protection, ' +
            'Time Stamping, OCSP Signing, Microsoft Smartcard Login, 1.3.6.1.4.1.311.10.3.12, CT Precertificate Signer, ' +
            '1.0.18013.5.1.2',
        },
      );
    });

    it('policies with their practice statements', async (t) => {
      const CertificatePolicies = [
        { CertPolicyId: '1.2.3.4' },
        {
          CertPolicyId: '2.5.29.32.0',
          PolicyQualifiers: ['http://api.test/cps', 'http://api.test/other'].map((CpsUri) => ({
            PolicyQualifierId: 'CPS',
            Qualifier: { CpsUri },
          })),
        },
      ];
      const reading = await read(t, 'EndEntityCertificate_APIPassthrough', { Extensions: { CertificatePolicies } });
      assert.deepEqual(
        reading?.extensions.get('X509v3 Certificate Policies'),
        reading && {
          critical: false,
          value: 'Policy: 1.2.3.4 Policy: X509v3 Any Policy CPS: http://api.test/cps CPS: http://api.test/other',
        },
      );
    });

    it('custom extensions, critical or not; a private one holds what its owner says', async (t) => {
      const reading = await read(
        t,
        blank,
        withOwn(
          own('1.2.3.4.5', Uint8Array.from(Buffer.from('not DER at all')), true),
          own('1.3.6.1.5.5.7.1.24', Uint8Array.of(0x30, 3, 2, 1, 5)),
        ),
      );
      if (reading === undefined) return;
      assert.deepEqual(reading.extensions.get('1.2.3.4.5'), { critical: true, value: 'not DER at all' });
      assert.deepEqual(reading.extensions.get('TLS Feature'), { critical: false, value: 'status_request' });
    });

    it('key usage, purposes and names as custom extensions, with their own criticality', async (t) => {
      const reading = await read(
        t,
        'BlankEndEntityCertificate_CriticalBasicConstraints_APIPassthrough',
        withOwn(
          own(oids.keyUsage, keyUsage.encode(['digitalSignature']), false),
          own(oids.extendedKeyUsage, extendedKeyUsage.encode(['1.3.6.1.5.5.7.3.2']), true),
          own(oids.subjectAltName, subjectAltName.encode([{ kind: 'dns', value: 'own.test' }]), true),
        ),
      );
      if (reading === undefined) return;
      const found = (name: string) => reading.extensions.get(`X509v3 ${name}`);
      assert.deepEqual(found('Key Usage'), { critical: false, value: 'Digital Signature' });
      assert.deepEqual(found('Extended Key Usage'), { critical: true, value: 'TLS Web Client Authentication' });
      // RFC 5280 §4.2.1.6: critical only beside an empty subject.
      assert.deepEqual(found('Subject Alternative Name'), { critical: false, value: 'DNS:own.test' });
    });

    it('a CSR without any name, where the API gives one', async (t) => {
      const names = { Extensions: { SubjectAlternativeNames: [{ DnsName: 'api.test' }] } };
      const reading = await read(t, 'EndEntityCertificate_APIPassthrough', names, csrVector('nameless'));
      if (reading !== undefined) {
        assert.equal(reading.subject, '');
        // RFC 5280 §4.1.2.6, although no CSR said that it is critical.
        assert.equal(reading.extensions.get('X509v3 Subject Alternative Name')?.critical, true);
      }
      const named = { Subject: { CommonName: 'api' } };
      const other = await read(t, 'EndEntityCertificate_APIPassthrough', named, csrVector('nameless'));
      if (other !== undefined) assert.equal(other.subject, 'CN = api');
    });

    it('an empty subject as none: the CSR is asked', async (t) => {
      const reading = await read(t, blank, { Subject: { CommonName: '' }, Extensions: {} });
      if (reading !== undefined) assert.equal(reading.subject, 'CN = csr.test');
    });

    it("a root's own key as its authority key identifier, by RootCACertificate_APIPassthrough alone", async (t) => {
      const authority = await pending(pca);
      const csr = await csrOf(pca, authority);
      const RootCA = template('RootCACertificate_APIPassthrough');
      const { certificate } = await issued(pca, authority, csr, { TemplateArn: RootCA, Validity: years(9) });
      const text = await judge(t, { 'c.pem': certificate }, ['x509', '-in', 'c.pem', '-noout', '-text']);
      if (text === '') return;
      const identifier = readingOf(text).extensions.get('X509v3 Subject Key Identifier')?.value ?? '';
      const keyIdentifier = Uint8Array.from(Buffer.from(identifier.replaceAll(':', ''), 'hex'));
      const wish = (octets: Uint8Array) =>
        withOwn(own(oids.authorityKeyIdentifier, authorityKeyIdentifier.encode({ keyIdentifier: octets })));
      const same = await read(t, 'RootCACertificate_APIPassthrough', wish(keyIdentifier), csr, authority);
      assert.equal(same?.extensions.get('X509v3 Authority Key Identifier')?.value.replace('keyid:', ''), identifier);
      assertException(
        await ask('RootCACertificate_APIPassthrough', wish(keyIdentifier.map((octet) => octet ^ 1)), csr, authority),
        'MalformedCSRException',
        /has its own or none/,
      );
      const ignored = { ...wish(keyIdentifier).Extensions, KeyUsage: { KeyCertSign: true } };
      const other = await read(t, 'BlankRootCACertificate_APIPassthrough', { Extensions: ignored }, csr, authority);
      assert.equal(other?.extensions.has('X509v3 Authority Key Identifier'), false);
    });
  });
});
