/** What no certificate can hold is refused where the template would take it. */
import { after, describe, it } from 'node:test';
import { ia5String, sequence } from '../../../src/x509/der/writer.ts';
import { authorityInformationAccess } from '../../../src/x509/extensions/authority-information-access.ts';
import { keyUsage } from '../../../src/x509/extensions/key-usage.ts';
import { nameConstraints } from '../../../src/x509/extensions/name-constraints.ts';
import { oids } from '../../../src/x509/oids.ts';
import { assertException, ok } from '../aws-call.ts';
import { blank, openPassthrough, own, type Wish, withOwn } from './passthrough-calls.ts';

const { pca, ask } = await openPassthrough();
const { house } = pca;
after(() => house.close());

describe('ApiPassthrough', () => {
  describe('refuses', () => {
    const names = (...SubjectAlternativeNames: readonly object[]) => ({ Extensions: { SubjectAlternativeNames } });
    const purposes = (...ExtendedKeyUsage: readonly object[]) => ({ Extensions: { ExtendedKeyUsage } });
    const policy = { CertPolicyId: '1.2.3.4' };
    const permitted = { permitted: [{ kind: 'dns', value: 'a.test' }], excluded: [] } as const;
    const refusals: [string, Wish, RegExp][] = [
      [
        'custom attributes beside standard ones',
        { Subject: { CommonName: 'a', CustomAttributes: [{ ObjectIdentifier: '2.5.4.3', Value: 'b' }] } },
        /Custom attributes cannot be used in combination with standard attributes/,
      ],
      [
        'a custom attribute that is too long for its type',
        { Subject: { CustomAttributes: [{ ObjectIdentifier: '2.5.4.3', Value: 'a'.repeat(65) }] } },
        /CN has 65 characters/,
      ],
      [
        'an attribute in characters that its type does not have',
        { Subject: { CustomAttributes: [{ ObjectIdentifier: '2.5.4.5', Value: 'ä' }] } },
        /SERIALNUMBER has characters that are not of PrintableString/,
      ],
      [
        'an identifier that is none',
        { Subject: { CustomAttributes: [{ ObjectIdentifier: '1.2.03', Value: 'a' }] } },
        /^"1\.2\.03" is no object identifier/,
      ],
      [
        'a custom extension whose identifier would be that of basic constraints, written in another way',
        withOwn(own('2.5.29.019', Uint8Array.of(0x30, 3, 1, 1, 0xff), true)),
        /^"2\.5\.29\.019" is no object identifier/,
      ],
      [
        'a purpose whose identifier is none',
        purposes({ ExtendedKeyUsageObjectIdentifier: '1.3.6.1.5.5.7.3.09' }),
        /^"1\.3\.6\.1\.5\.5\.7\.3\.09" is no object identifier/,
      ],
      [
        'a policy whose identifier is none',
        { Extensions: { CertificatePolicies: [{ CertPolicyId: '1.2.03' }] } },
        /^"1\.2\.03" is no object identifier/,
      ],
      ['a name of two kinds', names({ DnsName: 'a.test', IpAddress: '192.0.2.1' }), /exactly one member/],
      ['a name of no kind', names({}), /exactly one member/],
      [
        'a directory name with nothing in it',
        names({ DirectoryName: {} }),
        /^A subject and a directory name must have/,
      ],
      ['an IP address that is none', names({ IpAddress: '192.0.2.256' }), /no IPv4 or IPv6 address/],
      ['a DNS name that is none', names({ DnsName: 'a b' }), /not acceptable as a DNS name/],
      ['a URI that is none', names({ UniformResourceIdentifier: 'relative' }), /not acceptable as a URI/],
      ['an e-mail address that is none', names({ Rfc822Name: 'a' }), /not acceptable as an e-mail address/],
      [
        'a purpose named in two ways',
        purposes({ ExtendedKeyUsageType: 'SERVER_AUTH', ExtendedKeyUsageObjectIdentifier: '1.2.3' }),
        /must have either .*, this one has both\.$/,
      ],
      ['a purpose named in no way', purposes({}), /must have either .*, this one has neither\.$/],
      [
        'a policy that comes twice',
        { Extensions: { CertificatePolicies: [policy, policy] } },
        /policy 1\.2\.3\.4 appears twice/,
      ],
      [
        'a practice statement outside ASCII',
        {
          Extensions: {
            CertificatePolicies: [
              { ...policy, PolicyQualifiers: [{ PolicyQualifierId: 'CPS', Qualifier: { CpsUri: 'http://ä.test' } }] },
            ],
          },
        },
        /outside ASCII/,
      ],
      [
        'the right to sign certificates for a leaf',
        { Extensions: { KeyUsage: { KeyCertSign: true } } },
        /the subject is no authority/,
      ],
      [
        'a custom extension that comes twice',
        withOwn(own('1.2.3', Uint8Array.of(5, 0)), own('1.2.3', Uint8Array.of(5, 0))),
        /The extension 1\.2\.3 appears twice in CustomExtensions/,
      ],
      [
        'a key usage by its member and as a custom extension',
        {
          Extensions: {
            KeyUsage: { DigitalSignature: true },
            CustomExtensions: [own(oids.keyUsage, keyUsage.encode(['digitalSignature']))],
          },
        },
        /key usage extension is given twice/,
      ],
      [
        'policies by their member and as a custom extension',
        {
          Extensions: {
            CertificatePolicies: [policy],
            CustomExtensions: [own(oids.certificatePolicies, sequence())],
          },
        },
        /certificate policies extension is given twice/,
      ],
      [
        'an extension of a standard that does not read as its kind',
        withOwn(own(oids.certificatePolicies, ia5String('nonsense'))),
        /certificate policies extension/,
      ],
      [
        'name constraints for a leaf',
        withOwn(own(oids.nameConstraints, nameConstraints.encode(permitted), true)),
        /stands only in certificates of authorities/,
      ],
      [
        'a critical authority information access (RFC 5280 §4.2.2.1)',
        withOwn(
          own(
            oids.authorityInformationAccess,
            authorityInformationAccess.encode({ ocsp: ['http://a.test'], caIssuers: [] }),
            true,
          ),
        ),
        /must not be critical/,
      ],
    ];
    for (const [what, wish, message] of refusals) {
      it(what, async () => assertException(await ask(blank, wish), 'InvalidArgsException', message));
    }

    it('more extensions than a certificate can be read with', async () => {
      const large = Array.from({ length: 150 }, (_, at) => own(`1.2.3.${at}`, new Uint8Array(400)));
      assertException(await ask(blank, withOwn(...large)), 'InvalidArgsException', /at most 57344 are allowed$/);
      ok(await ask(blank, withOwn(...large.map((one) => ({ ...one, Value: 'BQA=' })))));
    });

    it('name constraints of a subordinate that are not critical (RFC 5280 §4.2.1.10)', async () => {
      const wish = withOwn(own(oids.nameConstraints, nameConstraints.encode(permitted)));
      assertException(
        await ask('SubordinateCACertificate_PathLen0_APIPassthrough', wish),
        'InvalidArgsException',
        /must be critical/,
      );
    });

    it('an authority that nobody gives the right to sign certificates (RFC 5280 §4.2.1.3)', async () => {
      const lacks = /the key usage of an authority lacks keyCertSign/;
      for (const Extensions of [undefined, { KeyUsage: { CRLSign: true } }]) {
        const wish = Extensions && { Extensions };
        const byApi = await ask('BlankSubordinateCACertificate_PathLen0_APIPassthrough', wish);
        assertException(byApi, 'InvalidArgsException', lacks);
      }
      const byCsr = await ask('BlankSubordinateCACertificate_PathLen0_CSRPassthrough', undefined);
      assertException(byCsr, 'MalformedCSRException', lacks);
    });

    it("by the model's limits, joined with the others, before the template is asked", async () => {
      const tooMany = Array.from({ length: 151 }, (_, at) => own(`1.2.3.${at}`, Uint8Array.of(5, 0)));
      const answer = await ask('EndEntityCertificate', {
        Extensions: {
          CustomExtensions: tooMany,
          ExtendedKeyUsage: [{ ExtendedKeyUsageType: 'NOTHING' }],
          SubjectAlternativeNames: [{ DnsName: 'a'.repeat(254) }],
        },
      });
      assertException(answer, 'ValidationException', /^3 validation errors detected: /);
    });
  });
});
