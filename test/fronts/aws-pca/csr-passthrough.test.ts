/** The extensions of a CSR by the templates that pass them on; openssl reads what came of it. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { constructedTag } from '../../../src/x509/der/tags.ts';
import { element, sequence } from '../../../src/x509/der/writer.ts';
import { authorityKeyIdentifier } from '../../../src/x509/extensions/authority-key-identifier.ts';
import { basicConstraints } from '../../../src/x509/extensions/basic-constraints.ts';
import { crlDistributionPoints } from '../../../src/x509/extensions/crl-distribution-points.ts';
import type { Extension } from '../../../src/x509/extensions/extension.ts';
import { extendedKeyUsage } from '../../../src/x509/extensions/extended-key-usage.ts';
import { keyUsage } from '../../../src/x509/extensions/key-usage.ts';
import { subjectAltName } from '../../../src/x509/extensions/subject-alt-name.ts';
import { oids } from '../../../src/x509/oids.ts';
import { assertException, ok } from '../aws-call.ts';
import { csrWith, openPassthrough } from './passthrough-calls.ts';
import { csrVector, issued, judge } from './pca.ts';

const { pca, root, ask, read } = await openPassthrough();
const { house } = pca;
after(() => house.close());

describe('CSR passthrough', () => {
  const asks = (oid: string, value: Uint8Array, critical = false): Extension => ({ oid, critical, value });

  it('copies what a CSR asks for, as it is, but for what the template and the authority decide', async (t) => {
    const issuerNames = subjectAltName.encode([{ kind: 'uri', value: 'http://issuer.test/' }]);
    const csr = csrWith([
      asks(oids.basicConstraints, basicConstraints.encode({ isAuthority: true }), true),
      asks(oids.authorityKeyIdentifier, authorityKeyIdentifier.encode({ keyIdentifier: new Uint8Array(20) })),
      asks(oids.subjectKeyIdentifier, Uint8Array.of(4, 1, 7)),
      asks(oids.keyUsage, keyUsage.encode(['digitalSignature', 'keyCertSign', 'cRLSign']), false),
      asks(oids.extendedKeyUsage, extendedKeyUsage.encode(['1.2.3.4']), true),
      asks('2.5.29.18', issuerNames),
      asks('1.2.3.4.6', Uint8Array.from(Buffer.from('anything')), true),
    ]);
    const reading = await read(t, 'BlankEndEntityCertificate_CSRPassthrough', undefined, csr);
    if (reading === undefined) return;
    const { extensions } = reading;
    assert.deepEqual(
      [...extensions].filter(([name]) => !name.includes('Identifier') && !name.startsWith('Authority')),
      [
        ['X509v3 Basic Constraints', { critical: false, value: 'CA:FALSE' }],
        ['X509v3 Key Usage', { critical: false, value: 'Digital Signature' }],
        ['X509v3 Extended Key Usage', { critical: true, value: '1.2.3.4' }],
        ['X509v3 Issuer Alternative Name', { critical: false, value: 'URI:http://issuer.test/' }],
        ['1.2.3.4.6', { critical: true, value: 'anything' }],
      ],
    );
    assert.equal(extensions.get('X509v3 Subject Key Identifier')?.value.length, 59);
    assert.doesNotMatch(extensions.get('X509v3 Authority Key Identifier')?.value ?? '', /00:00/);
  });

  it('keeps the string types of a directory name among the alternative names', async (t) => {
    // [4] { C = DE in UTF8String }: not what we would write.
    const name = sequence(element(0x31, sequence(Uint8Array.of(6, 3, 0x55, 4, 6), Uint8Array.of(0x0c, 2, 0x44, 0x45))));
    const value = sequence(element(constructedTag(4), name));
    for (const template of ['EndEntityCertificate', 'EndEntityCertificate_CSRPassthrough']) {
      const { certificate } = await issued(pca, root.arn, csrWith([asks(oids.subjectAltName, value)]), {
        TemplateArn: `arn:aws:acm-pca:::template/${template}/V1`,
      });
      const der = Buffer.from(certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64');
      assert.ok(der.includes(Buffer.from(value)), template);
    }
    const text = await judge(t, { 'own.pem': csrWith([asks(oids.subjectAltName, value)]) }, [
      'req',
      '-in',
      'own.pem',
      '-text',
    ]);
    if (text !== '') assert.match(text, /DirName:\/C=DE/);
  });

  for (const [what, extension, message] of [
    [
      'name constraints for a leaf',
      asks(oids.nameConstraints, sequence(), true),
      /the extension 2\.5\.29\.30 stands only in certificates of authorities$/,
    ],
    ['policies that do not read', asks(oids.certificatePolicies, Uint8Array.of(5, 0)), /certificate policies/],
    [
      'a critical freshest CRL (RFC 5280 §4.2.1.15)',
      asks('2.5.29.46', crlDistributionPoints.encode(['http://a.test/']), true),
      /the extension 2\.5\.29\.46 must not be critical$/,
    ],
  ] as const) {
    it(`refuses ${what}: MalformedCSRException`, async () => {
      const answer = await ask('EndEntityCertificate_CSRPassthrough', undefined, csrWith([extension]));
      assertException(answer, 'MalformedCSRException', message);
      // A base template does not even look.
      ok(await ask('EndEntityCertificate', undefined, csrWith([extension])));
    });
  }

  it('demands a critical SAN of an empty subject, from the CSR and not from the API', async () => {
    const csr = csrVector('only-san-not-critical');
    const sentence = 'CSR must mark the SAN extension critical when it has an empty subject';
    for (const name of ['EndEntityCertificate_CSRPassthrough', 'EndEntityCertificate_APIPassthrough'])
      assertException(await ask(name, undefined, csr), 'MalformedCSRException', sentence);
    const names = { Extensions: { SubjectAlternativeNames: [{ DnsName: 'api.test' }] } };
    ok(await ask('EndEntityCertificate_APIPassthrough', names, csr));
    assertException(
      await ask('EndEntityCertificate_CSRPassthrough', undefined, csrVector('nameless')),
      'MalformedCSRException',
      /neither the subject nor an alternative name/,
    );
  });
});
