import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertException, ok } from '../aws-call.ts';
import { beginning } from '../house.ts';
import { absent, authority, openAcm, requested } from './acm.ts';
import { foreign, type ForeignWish, importInput, vectorKey } from './foreign.ts';

const acm = await openAcm();
const { house, call } = acm;
after(() => house.close());

const issuer = await authority(acm);
const importedAs = async (wish: ForeignWish) => {
  const { CertificateArn } = ok(await call('ImportCertificate', importInput(foreign(wish))));
  house.clock.advance({ minutes: 1 });
  return String(CertificateArn);
};
const requestedAs = async (authorityArn: string, more: Record<string, unknown> = {}) => {
  const arn = await requested(acm, authorityArn, more);
  house.clock.advance({ minutes: 1 });
  return arn;
};
/** Each a minute after the other: their names are their places in the list. */
const arns = {
  issued: await requestedAs(issuer.arn, { SubjectAlternativeNames: ['b.example.com'] }),
  failed: await requestedAs(absent(issuer.arn)),
  rsa: await importedAs({ key: vectorKey('rsa-2048'), names: ['www.example.com'] }),
  commonNameOnly: await importedAs({ key: vectorKey('rsa-1024'), subject: 'CN=localhost' }),
  nameless: await importedAs({ key: vectorKey('rsa-2048'), subject: 'CN=192.0.2.1' }),
  large: await importedAs({ key: vectorKey('rsa-4096'), keyUsages: ['digitalSignature'], purposes: ['2.5.29.37.0'] }),
  short: await importedAs({ names: ['short.example.com'], to: 1, purposes: ['1.3.6.1.5.5.7.3.2', '1.2.3'] }),
};
type Name = keyof typeof arns;
const everyKeyType = ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'];

const nameOf = ({ CertificateArn: arn }: { CertificateArn: string }): string =>
  Object.entries(arns).find((entry) => entry[1] === arn)?.[0] ?? arn;
const listed = async (input: Record<string, unknown> = {}): Promise<Name[]> =>
  ok(await call('ListCertificates', input)).CertificateSummaryList.map(nameOf);
const among = (Includes: Record<string, unknown>) => ({ Includes: { keyTypes: everyKeyType, ...Includes } });

describe('ACM ListCertificates', () => {
  describe('does', () => {
    it('lists by default only RSA_1024 and RSA_2048 certificates with at least one domain, oldest first', async () => {
      assert.deepEqual(await listed(), ['rsa', 'commonNameOnly']);
      assert.deepEqual(await listed({ Includes: {} }), ['rsa', 'commonNameOnly']);
    });

    it('lists the named key types, and then those without a domain too', async () => {
      assert.deepEqual(await listed({ Includes: { keyTypes: ['RSA_2048', 'RSA_4096'] } }), [
        'rsa',
        'nameless',
        'large',
      ]);
      assert.equal((await listed(among({}))).length, 7);
    });

    it('filters by key usage, extended key usage, export option, manager and origin of the key', async () => {
      const list = (includes: Record<string, unknown>) => listed(among(includes));
      assert.deepEqual(await list({ keyUsage: ['KEY_ENCIPHERMENT', 'CRL_SIGNING'] }), ['issued']);
      assert.deepEqual(await list({ keyUsage: ['DIGITAL_SIGNATURE'] }), ['issued', 'large']);
      assert.deepEqual(await list({ extendedKeyUsage: ['TLS_WEB_CLIENT_AUTHENTICATION'] }), ['issued', 'short']);
      assert.deepEqual(await list({ extendedKeyUsage: ['ANY'] }), ['large']);
      assert.deepEqual(await list({ extendedKeyUsage: ['CUSTOM'] }), ['short']);
      assert.deepEqual(await list({ exportOption: 'ENABLED' }), ['issued', 'failed']);
      assert.equal((await list({ exportOption: 'DISABLED' })).length, 5);
      assert.deepEqual(await list({ managedBy: 'CLOUDFRONT' }), []);
      const from = (...origins: string[]) => listed({ ...among({}), CertificateKeyPairOrigins: origins });
      assert.deepEqual(await from('AWS_MANAGED'), ['issued', 'failed']);
      assert.equal((await from('CUSTOMER_PROVIDED', 'ACME')).length, 5);
      assert.deepEqual(await from('ACME'), []);
    });

    it('filters by status; one that no certificate has here lists nothing', async () => {
      const of = (...CertificateStatuses: string[]) => listed({ ...among({}), CertificateStatuses });
      assert.deepEqual(await of('FAILED'), ['failed']);
      assert.equal((await of('ISSUED')).length, 6);
      assert.deepEqual(await of('REVOKED', 'INACTIVE'), []);
      assert.deepEqual(await of('EXPIRED', 'FAILED', 'REVOKED'), ['failed']);
      house.clock.advance({ days: 1 });
      assert.deepEqual(await of('EXPIRED', 'FAILED'), ['failed', 'short']);
    });

    it('sorts by the moment of creation in both directions', async () => {
      const sorted = (SortOrder: string) => listed({ SortBy: 'CREATED_AT', SortOrder, ...among({}) });
      const newestFirst = await sorted('DESCENDING');
      assert.deepEqual(newestFirst, ['short', 'large', 'nameless', 'commonNameOnly', 'rsa', 'failed', 'issued']);
      assert.deepEqual(await sorted('ASCENDING'), newestFirst.toReversed());
    });

    it('gives every certificate once by pages of any size, also where a filter leaves pages short', async () => {
      for (const includes of [{}, { keyUsage: ['DIGITAL_SIGNATURE'] }]) {
        const whole = await listed(among(includes));
        for (const MaxItems of [1, 2, 3, 7]) {
          const found: string[] = [];
          let NextToken: string | undefined;
          do {
            const page = ok(await call('ListCertificates', { ...among(includes), MaxItems, NextToken }));
            assert.ok(page.CertificateSummaryList.length <= MaxItems);
            found.push(...page.CertificateSummaryList.map(nameOf));
            NextToken = page.NextToken;
          } while (NextToken !== undefined);
          assert.deepEqual(found, whole);
        }
      }
    });

    it('shows in a line what DescribeCertificate shows, with plain lists of usages', async () => {
      const { CertificateSummaryList: lines } = ok(
        await call('ListCertificates', { Includes: { keyTypes: ['EC_prime256v1'], keyUsage: ['KEY_ENCIPHERMENT'] } }),
      );
      assert.deepEqual(lines, [
        {
          CertificateArn: arns.issued,
          DomainName: 'www.example.com',
          SubjectAlternativeNameSummaries: ['www.example.com', 'b.example.com'],
          HasAdditionalSubjectAlternativeNames: false,
          Status: 'ISSUED',
          Type: 'PRIVATE',
          KeyAlgorithm: 'EC-prime256v1',
          KeyUsages: ['DIGITAL_SIGNATURE', 'KEY_ENCIPHERMENT'],
          ExtendedKeyUsages: ['TLS_WEB_SERVER_AUTHENTICATION', 'TLS_WEB_CLIENT_AUTHENTICATION'],
          ExportOption: 'ENABLED',
          InUse: false,
          Exported: false,
          RenewalEligibility: 'INELIGIBLE',
          CreatedAt: beginning / 1000,
          IssuedAt: beginning / 1000,
          NotBefore: beginning / 1000 - 3600,
          NotAfter: beginning / 1000 + 395 * 86_400,
          CertificateKeyPairOrigin: 'AWS_MANAGED',
        },
      ]);
    });

    it('shows at most 100 names and says when there are more', async () => {
      const names = (count: number) => Array.from({ length: count }, (_, at) => `n${at}.example.com`);
      for (const [count, isMore] of [
        [100, false],
        [101, true],
      ] as const) {
        const arn = await importedAs({ key: vectorKey('p-384'), subject: 'O=Many', names: names(count) });
        const page = ok(await call('ListCertificates', { Includes: { keyTypes: ['EC_secp384r1'] } }));
        const line = page.CertificateSummaryList.find(
          (each: { CertificateArn: string }) => each.CertificateArn === arn,
        );
        assert.deepEqual(line.SubjectAlternativeNameSummaries, names(100));
        assert.equal(line.HasAdditionalSubjectAlternativeNames, isMore);
      }
    });

    it("lists neither another account's nor another region's", async () => {
      for (const as of [{ key: house.stranger }, { region: 'eu-west-1' }]) {
        assert.deepEqual(ok(await call('ListCertificates', among({}), as)).CertificateSummaryList, []);
      }
    });
  });

  describe('refuses', () => {
    it('SortBy without SortOrder and the other way round', async () => {
      for (const input of [{ SortBy: 'CREATED_AT' }, { SortOrder: 'ASCENDING' }]) {
        assertException(
          await call('ListCertificates', input),
          'InvalidArgsException',
          'SortBy and SortOrder must be specified together.',
        );
      }
    });

    it('a token that was changed, or comes from another filter, order, region or account', async () => {
      const input = { ...among({}), MaxItems: 2 };
      const { NextToken } = ok(await call('ListCertificates', input));
      ok(await call('ListCertificates', { ...input, MaxItems: 1, NextToken }));
      for (const [changed, as] of [
        [{ ...input, NextToken: `${NextToken}x` }],
        [{ ...input, NextToken: 'anything' }],
        [{ MaxItems: 2, NextToken }],
        [{ ...input, SortBy: 'CREATED_AT', SortOrder: 'DESCENDING', NextToken }],
        [{ ...input, NextToken }, { region: 'eu-west-1' }],
        [{ ...input, NextToken }, { key: house.stranger }],
      ] as const) {
        assertException(await call('ListCertificates', changed, as), 'InvalidArgsException', /^The NextToken is not/);
      }
    });

    it('unknown names and page sizes out of bounds, in one message', async () => {
      assertException(
        await call('ListCertificates', { CertificateStatuses: ['GONE'], MaxItems: 1001 }),
        'ValidationException',
        "2 validation errors detected: Value '[GONE]' at 'certificateStatuses' failed to satisfy constraint: Member must satisfy constraint: [" +
          'Member must satisfy enum value set: [PENDING_VALIDATION, ISSUED, INACTIVE, EXPIRED, VALIDATION_TIMED_OUT, REVOKED, FAILED]]; ' +
          "Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
      );
    });
  });
});
