/** Second opinions on certificates with everything that ApiPassthrough can say: cryptography and pkilint. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { issuerAltNameValue, policyConstraintsValue } from './extension-values.ts';
import { needsPython, outputOf } from '../../programs.ts';
import { openPassthrough, own, plainCsr, withOwn } from './passthrough-calls.ts';
import { issued, template } from './pca.ts';

const { pca, root } = await openPassthrough();
const folder = mkdtempSync(join(tmpdir(), 'chancery-passthrough-'));
after(async () => {
  rmSync(folder, { recursive: true });
  await pca.house.close();
});

/** Issues and writes to a file of that name. */
async function file(name: string, wish: object, base: string): Promise<string> {
  const { certificate } = await issued(pca, root.arn, plainCsr, { TemplateArn: template(base), ApiPassthrough: wish });
  const path = join(folder, `${name}.pem`);
  writeFileSync(path, `${certificate}\n`);
  return path;
}

const everyName = [
  { DnsName: 'api.test' },
  { Rfc822Name: 'a@api.test' },
  { UniformResourceIdentifier: 'https://api.example.com/a' },
  { IpAddress: '2001:db8::7' },
  { RegisteredId: '1.2.3.4' },
  { DirectoryName: { Country: 'CH', CommonName: 'directory' } },
  { OtherName: { TypeId: '1.3.6.1.4.1.311.20.2.3', Value: 'user@api.test' } },
];

describe('what ApiPassthrough says is read alike by', () => {
  it('cryptography: alternative names of every kind that it knows', async (t) => {
    const python = needsPython(t, 'cryptography');
    if (python === undefined) return;
    const path = await file(
      'names',
      { Extensions: { SubjectAlternativeNames: everyName } },
      'EndEntityCertificate_APIPassthrough',
    );
    const printed = await outputOf(python, ['-B', join(import.meta.dirname, '../../judges/names.py'), path]);
    assert.deepEqual(JSON.parse(printed.toString()), [
      [
        false,
        [
          ['DNSName', 'api.test'],
          ['RFC822Name', 'a@api.test'],
          ['UniformResourceIdentifier', 'https://api.example.com/a'],
          ['IPAddress', '2001:db8::7'],
          ['registered', '1.2.3.4'],
          ['directory', 'CN=directory,C=CH'],
          ['other', '1.3.6.1.4.1.311.20.2.3', Buffer.from('\x0c\x0duser@api.test').toString('hex')],
        ],
      ],
    ]);
  });

  it('pkilint: nothing of it breaks RFC 5280', async (t) => {
    const python = needsPython(t, 'pkilint');
    if (python === undefined) return;
    const policies = [
      {
        CertPolicyId: '1.2.3.4',
        PolicyQualifiers: [{ PolicyQualifierId: 'CPS', Qualifier: { CpsUri: 'http://api.test/cps' } }],
      },
    ];
    await file(
      'leaf',
      {
        Subject: { Country: 'CH', SerialNumber: '7', DistinguishedNameQualifier: 'q', CommonName: 'Größe' },
        Extensions: {
          KeyUsage: { DigitalSignature: true, KeyAgreement: true },
          ExtendedKeyUsage: [
            { ExtendedKeyUsageType: 'CLIENT_AUTH' },
            { ExtendedKeyUsageObjectIdentifier: '1.3.6.1.4.1.99999.7' },
          ],
          SubjectAlternativeNames: [...everyName, { EdiPartyName: { PartyName: 'party', NameAssigner: 'who' } }],
          CertificatePolicies: policies,
          CustomExtensions: [own('2.5.29.18', issuerAltNameValue)],
        },
      },
      'BlankEndEntityCertificate_APIPassthrough',
    );
    await file(
      'authority',
      {
        ...withOwn(own('2.5.29.36', policyConstraintsValue, true), own('2.5.29.54', Uint8Array.of(2, 1, 0), true)),
        Subject: { CustomAttributes: [{ ObjectIdentifier: '2.5.4.10', Value: 'Organization' }] },
      },
      'SubordinateCACertificate_PathLen1_APIPassthrough',
    );
    const printed = await outputOf(python, ['-B', join(import.meta.dirname, '../../judges/lint.py'), folder]);
    const found: [string, string, string][] = JSON.parse(printed.toString());
    // RFC 5280 §4.2.1.4 recommends policies without qualifiers; who asks for one gets it.
    assert.deepEqual(
      found.filter(([name]) => name === 'leaf' || name === 'authority'),
      [['leaf', 'NOTICE', 'pkix.certificate_policies_policy_has_qualifier']],
    );
  });
});
