/**
 * Every template makes the certificate that AWS's guide says: what openssl reads of it is compared with
 * test/vectors/pca-templates.json, which was written down from the guide and not from our table.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { needs } from '../../programs.ts';
import { aKey } from '../../x509/an-authority.ts';
import { ok } from '../aws-call.ts';
import { beginning } from '../house.ts';
import { type OpensslReading, readingOf } from './openssl-text.ts';
import { activeRoot, csrOf, ecConfiguration, issued, judge, openPca, pending, years } from './pca.ts';
import { greedyCsr, greedyPassthrough, privateExtension, shown } from './passthrough-values.ts';

interface Flagged {
  readonly critical: boolean;
  readonly value: string;
}

type Source = 'configuration' | 'api' | 'csr';

interface Expectation {
  readonly subject: readonly Source[];
  readonly subjectAltName: readonly Source[];
  readonly basicConstraints: Flagged;
  readonly keyUsage: Flagged | null;
  readonly extendedKeyUsage: Flagged | null;
  readonly authorityKeyIdentifier: boolean;
  readonly crlDistributionPoints: readonly Source[];
  readonly otherExtensions: readonly Source[];
}

const table: Record<string, Expectation> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../vectors/pca-templates.json'), 'utf8'),
);
const pca = await openPca();
const { house } = pca;
after(() => house.close());
const silent = await activeRoot(pca);
const published = await activeRoot(pca, {
  RevocationConfiguration: {
    CrlConfiguration: { Enabled: true, ExpirationInDays: 7, S3BucketName: 'templates-bucket' },
    OcspConfiguration: { Enabled: true },
  },
});
const key = aKey();
const csrs = { leaf: greedyCsr(key, false), authority: greedyCsr(key, true) };
const at = ['-attime', String(beginning / 1000)];

describe('each template of Private CA', () => {
  it('is in the table that was written down from the guide', () => assert.equal(Object.keys(table).length, 61));

  for (const [name, expected] of Object.entries(table)) {
    const isAuthority = expected.basicConstraints.value.startsWith('CA:TRUE');
    const isRoot = !expected.authorityKeyIdentifier || name.startsWith('RootCA');
    const arn = `arn:aws:acm-pca:::template/${name}`;
    const api = greedyPassthrough(isAuthority);
    const csr = isAuthority ? csrs.authority : csrs.leaf;

    if (isRoot) {
      it(`${name}: a root's own certificate, whatever its configuration is`, async (t) => {
        if (needs(t, 'openssl') === undefined) return;
        const authority = await pending(pca, {
          CertificateAuthorityConfiguration: { ...ecConfiguration, Subject: { CommonName: 'from csr' } },
          RevocationConfiguration: { OcspConfiguration: { Enabled: true } },
        });
        const own = await csrOf(pca, authority);
        const made = await issued(pca, authority, own, { TemplateArn: arn, Validity: years(9), ApiPassthrough: api });
        const reading = await readings(t, made.certificate);
        const sources: Sources = { expected, isAuthority, given: ['api', 'csr'], configured: false };
        assert.deepEqual(facts(reading), factsExpected(sources, { names: 'api', isRoot: true }));
        const files = { 'root.pem': made.certificate };
        await judge(t, files, ['verify', '-x509_strict', '-check_ss_sig', ...at, '-CAfile', 'root.pem', 'root.pem']);
        assert.equal(made.chain, undefined);
      });
      continue;
    }

    for (const [how, root, given] of [
      ['values from API and CSR', silent, ['api', 'csr']],
      ['values from API and CSR under an authority with CRL and OCSP', published, ['api', 'csr']],
      ['values from the CSR alone', silent, ['csr']],
    ] as const) {
      const configured = root === published;
      const sources: Sources = { expected, isAuthority, given, configured };
      if (isAuthority && keyUsageOf(sources) === undefined) continue; // refused: see passthrough.test.ts
      it(`${name}: ${how}`, async (t) => {
        if (needs(t, 'openssl') === undefined) return;
        const ApiPassthrough = given.length > 1 ? api : undefined;
        const { certificate } = await issued(pca, root.arn, csr, { TemplateArn: arn, ApiPassthrough });
        assert.deepEqual(facts(await readings(t, certificate)), factsExpected(sources, { id: root.arn.slice(-36) }));
        const files = { 'leaf.pem': certificate, 'root.pem': root.certificate };
        await judge(t, files, ['verify', '-x509_strict', ...at, '-CAfile', 'root.pem', 'leaf.pem']);
      });
    }
  }

  it('is named in full: another version and another case do not exist', async () => {
    const { call } = pca;
    for (const name of ['EndEntityCertificate/V2', 'endentitycertificate/V1', 'BlankEndEntityCertificate/V1']) {
      const answer = await call('IssueCertificate', {
        CertificateAuthorityArn: silent.arn,
        Csr: Buffer.from(csrs.leaf).toString('base64'),
        SigningAlgorithm: 'SHA256WITHECDSA',
        Validity: years(1),
        TemplateArn: `arn:aws:acm-pca:::template/${name}`,
      });
      assert.match(String(answer.body['message']), /does not exist/, name);
    }
    ok(await call('DescribeCertificateAuthority', { CertificateAuthorityArn: silent.arn }));
  });
});

interface Sources {
  readonly expected: Expectation;
  readonly isAuthority: boolean;
  /** What the request brings. */
  readonly given: readonly ('api' | 'csr')[];
  readonly configured: boolean;
}

async function readings(t: TestContext, certificate: string): Promise<OpensslReading> {
  return readingOf(await judge(t, { 'c.pem': certificate }, ['x509', '-in', 'c.pem', '-noout', '-text']));
}

/** The first of the sources in a cell that has a value. */
function first(cell: readonly Source[], given: readonly ('api' | 'csr')[]): 'api' | 'csr' | undefined {
  return (['api', 'csr'] as const).find((source) => cell.includes(source) && given.includes(source));
}

function keyUsageOf({ expected, isAuthority, given }: Sources): Flagged | undefined {
  if (expected.keyUsage !== null) return expected.keyUsage;
  const source = first(expected.otherExtensions, given);
  return source === undefined ? undefined : shown[source][isAuthority ? 'authorityUsage' : 'leafUsage'];
}

function facts({ subject, extensions }: OpensslReading): Record<string, unknown> {
  const known = Object.fromEntries(extensions);
  return {
    subject,
    basicConstraints: known['X509v3 Basic Constraints'],
    keyUsage: known['X509v3 Key Usage'],
    extendedKeyUsage: known['X509v3 Extended Key Usage'],
    names: known['X509v3 Subject Alternative Name'],
    policy: known['X509v3 Certificate Policies']?.value,
    crl: known['X509v3 CRL Distribution Points']?.value.replace('Full Name: ', ''),
    access: known['Authority Information Access']?.value.replace(/authorities\/[0-9a-f-]+/, 'authorities/id'),
    hasAuthorityKeyIdentifier: 'X509v3 Authority Key Identifier' in known,
    hasSubjectKeyIdentifier: known['X509v3 Subject Key Identifier']?.value.length === 59,
    private: Object.values(privateExtension).filter((oid) => oid in known),
  };
}

function factsExpected(
  sources: Sources,
  { id = '', names, isRoot = false }: { id?: string; names?: 'api'; isRoot?: boolean },
): Record<string, unknown> {
  const { expected, given, configured } = sources;
  const subject = first(expected.subject, given);
  // A root's own CSR has no alternative name.
  const alternative =
    names === undefined || expected.subjectAltName.includes('api') ? first(expected.subjectAltName, given) : undefined;
  const other = first(expected.otherExtensions, given);
  const point = first(expected.crlDistributionPoints, given);
  return {
    subject: subject && shown[subject].subject,
    basicConstraints: expected.basicConstraints,
    keyUsage: keyUsageOf(sources),
    extendedKeyUsage: expected.extendedKeyUsage ?? (other && shown[other].extendedKeyUsage),
    names: alternative && { critical: false, value: shown[alternative].subjectAltName },
    policy: other && shown[other].policy,
    crl:
      configured && expected.crlDistributionPoints.includes('configuration')
        ? `URI:http://pki.test/crl/${id}.crl`
        : point && shown[point].crl,
    access: isRoot
      ? undefined
      : `${configured ? 'OCSP - URI:http://pki.test/ocsp ' : ''}CA Issuers - URI:http://pki.test/authorities/id.cer`,
    hasAuthorityKeyIdentifier: !isRoot,
    hasSubjectKeyIdentifier: true,
    private: (['csr', 'api'] as const)
      .filter((source) => expected.otherExtensions.includes(source) && given.includes(source))
      .map((source) => privateExtension[source]),
  };
}
