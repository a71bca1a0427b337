/** Each operation on an authority in each state: allowed, or the exact exception and sentence. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { type AwsAnswer, assertException, ok } from '../aws-call.ts';
import { type InAState, inState, shortLifeDays, type State, states } from './each-state.ts';
import { csrVector, days, describe as described, issuance, openPca } from './pca.ts';
import { sharing } from './policies.ts';

const pca = await openPca({ finishes: 'when-told' });
const { house, call } = pca;
after(() => house.close());

const on = (operation: string, { arn }: InAState, more = {}) =>
  call(operation, { CertificateAuthorityArn: arn, ...more });
const rootCsr = csrVector('p256');
type Expected = 'allowed' | readonly [code: string, sentence: string];
const wrong = (sentence: string) => ['InvalidStateException', sentence] as const;
const deleted = wrong('The certificate authority is in the DELETED state');
const noCsr = wrong('The certificate authority ARN is not in the correct state to have a certificate signing request.');
const nothingIssued = wrong('The certificate authority ARN is not in the correct state to have issued certificates.');
const notIssuing = wrong('The certificate authority is not in a valid state for issuing certificates');
const notUpdatable = wrong('The certificate authority must be in the ACTIVE or DISABLED state to be updated');
const notDeletable = wrong(
  'The certificate authority must be in the CREATING, PENDING_CERTIFICATE, DISABLED, EXPIRED or FAILED state to be deleted',
);
const notRestorable = wrong('The certificate authority must be in the DELETED state to be restored');
const notImporting = wrong('The certificate authority is not in a valid state for importing a certificate');
const notRevoking = wrong(
  'The certificate authority must be in the ACTIVE, DISABLED or EXPIRED state to revoke certificates',
);
const notReporting = wrong(
  'The certificate authority must be in the ACTIVE, DISABLED or EXPIRED state to create an audit report',
);

interface Row {
  readonly act: (at: InAState) => Promise<AwsAnswer>;
  /** In what is not named here it is allowed. */
  readonly refused: Partial<Record<State, Exclude<Expected, 'allowed'>>>;
}

/** The certificate of another key: an import that is allowed by the state ends in the mismatch. */
const mismatch = ['CertificateMismatchException', ''] as const;

const table: Record<string, Row> = {
  DescribeCertificateAuthority: { act: (at) => on('DescribeCertificateAuthority', at), refused: {} },
  GetCertificateAuthorityCsr: {
    act: (at) => on('GetCertificateAuthorityCsr', at),
    refused: {
      CREATING: ['RequestInProgressException', 'The request to create the certificate authority is in progress.'],
      FAILED: ['RequestFailedException', 'The request to create the certificate authority has failed.'],
      DELETED: noCsr,
    },
  },
  GetCertificateAuthorityCertificate: {
    act: (at) => on('GetCertificateAuthorityCertificate', at),
    refused: { CREATING: noCsr, PENDING_CERTIFICATE: noCsr, FAILED: noCsr, DELETED: noCsr },
  },
  GetCertificate: {
    act: (at) => on('GetCertificate', at, { CertificateArn: at.certificate }),
    refused: {
      CREATING: nothingIssued,
      PENDING_CERTIFICATE: ['ResourceNotFoundException', 'Could not find Certificate CERTIFICATE'],
      FAILED: nothingIssued,
      DELETED: nothingIssued,
    },
  },
  IssueCertificate: {
    act: (at) => call('IssueCertificate', issuance(at.arn, rootCsr, { Validity: days(1) })),
    refused: {
      CREATING: notIssuing,
      PENDING_CERTIFICATE: notIssuing,
      DISABLED: notIssuing,
      EXPIRED: notIssuing,
      FAILED: notIssuing,
      DELETED: notIssuing,
    },
  },
  ImportCertificateAuthorityCertificate: {
    act: async (at) => on('ImportCertificateAuthorityCertificate', at, { Certificate: await foreignCertificate() }),
    refused: {
      CREATING: notImporting,
      FAILED: notImporting,
      DELETED: notImporting,
      PENDING_CERTIFICATE: mismatch,
      ACTIVE: mismatch,
      DISABLED: mismatch,
      EXPIRED: mismatch,
    },
  },
  UpdateCertificateAuthority: {
    act: (at) => on('UpdateCertificateAuthority', at, { Status: 'DISABLED' }),
    refused: {
      CREATING: notUpdatable,
      PENDING_CERTIFICATE: notUpdatable,
      EXPIRED: notUpdatable,
      FAILED: notUpdatable,
      DELETED: notUpdatable,
    },
  },
  DeleteCertificateAuthority: {
    act: (at) => on('DeleteCertificateAuthority', at),
    refused: { ACTIVE: notDeletable, DELETED: notDeletable },
  },
  RestoreCertificateAuthority: {
    act: (at) => on('RestoreCertificateAuthority', at),
    refused: Object.fromEntries(states.filter((state) => state !== 'DELETED').map((state) => [state, notRestorable])),
  },
  RevokeCertificate: {
    act: (at) =>
      on('RevokeCertificate', at, {
        CertificateSerial: at.certificate.split('/').at(-1),
        RevocationReason: 'SUPERSEDED',
      }),
    refused: { CREATING: notRevoking, PENDING_CERTIFICATE: notRevoking, FAILED: notRevoking, DELETED: notRevoking },
  },
  TagCertificateAuthority: {
    act: (at) => on('TagCertificateAuthority', at, { Tags: [{ Key: 'a' }] }),
    refused: { DELETED: deleted },
  },
  UntagCertificateAuthority: {
    act: (at) => on('UntagCertificateAuthority', at, { Tags: [{ Key: 'a' }] }),
    refused: { DELETED: deleted },
  },
  ListTags: { act: (at) => on('ListTags', at), refused: { DELETED: deleted } },
  CreatePermission: {
    act: (at) => on('CreatePermission', at, { Principal: 'acm.amazonaws.com', Actions: ['ListPermissions'] }),
    refused: { DELETED: deleted },
  },
  ListPermissions: { act: (at) => on('ListPermissions', at), refused: { DELETED: deleted } },
  PutPolicy: {
    act: ({ arn }) => call('PutPolicy', { ResourceArn: arn, Policy: sharing(arn, house.stranger.account) }),
    refused: { DELETED: deleted },
  },
  CreateCertificateAuthorityAuditReport: {
    act: (at) =>
      on('CreateCertificateAuthorityAuditReport', at, {
        S3BucketName: 'reports-of-each-state',
        AuditReportResponseFormat: 'CSV',
      }),
    refused: {
      CREATING: notReporting,
      PENDING_CERTIFICATE: notReporting,
      FAILED: notReporting,
      DELETED: notReporting,
    },
  },
};

/** Base64 of the PEM of a root of its own, made once. */
async function foreignCertificate(): Promise<string> {
  if (foreign !== undefined) return foreign;
  const { arn } = await inState(pca, 'ACTIVE');
  const answer = ok(await call('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: arn }));
  foreign = Buffer.from(answer.Certificate).toString('base64');
  return foreign;
}
let foreign: string | undefined;

describe('Private CA, each operation in each state', () => {
  for (const state of states) {
    describe(state, () => {
      for (const [operation, { act, refused }] of Object.entries(table)) {
        const expected = refused[state];
        it(`${operation}: ${expected === undefined ? 'allowed' : expected[0]}`, async () => {
          const at = await inState(pca, state);
          if (state === 'EXPIRED') house.clock.advance({ days: shortLifeDays + 1 });
          try {
            assert.equal((await described(pca, at.arn)).Status, state);
            const answer = await act(at);
            if (expected === undefined) ok(answer);
            else {
              const [code, words] = expected;
              const sentence = words.replace('ARN', at.arn).replace('CERTIFICATE', at.certificate);
              assertException(answer, code, words.includes('CREATING,') || words === '' ? undefined : sentence);
            }
          } finally {
            if (state === 'EXPIRED') house.clock.advance({ days: -shortLifeDays - 1 });
          }
        });
      }

      it('ListCertificateAuthorities: shown', async () => {
        const { arn } = await inState(pca, state);
        if (state === 'EXPIRED') house.clock.advance({ days: shortLifeDays + 1 });
        const { CertificateAuthorities: all } = ok(await call('ListCertificateAuthorities'));
        if (state === 'EXPIRED') house.clock.advance({ days: -shortLifeDays - 1 });
        assert.equal(all.find(({ Arn }: { Arn: string }) => Arn === arn)?.Status, state);
      });
    });
  }
});
