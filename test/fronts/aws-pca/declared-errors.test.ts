/**
 * Every error that the service's model declares for an operation: reached here, or unreachable with the reason. The
 * list is the model's; what an operation answers beside it (ValidationException, AccessDeniedException …) is everybody's.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { CommandName } from '../../../src/core/commands.ts';
import { Fault } from '../../../src/core/fault.ts';
import type { World } from '../../../src/services/world.ts';
import { bindServices } from '../../../src/services/bind.ts';
import { withinQuotas } from '../../../src/services/quotas.ts';
import { awsPcaFront, signingName } from '../../../src/fronts/aws-pca/front.ts';
import { type AwsAnswer, assertException, awsCaller, ok } from '../aws-call.ts';
import { openHouse } from '../house.ts';
import { creating, fail, inState } from './each-state.ts';
import { sharing } from './policies.ts';
import { activeRoot, csrVector, days, ecConfiguration, issuance, issued, openPca, type Pca, pending } from './pca.ts';

const declared: Record<string, readonly string[]> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../vectors/acm-pca-declared-errors.json'), 'utf8'),
);

/** How an error is reached, or why nothing reaches it. */
type Reach = (() => Promise<AwsAnswer>) | string;

const plain = await openPca({ finishes: 'when-told' });
const paced = await openPca({ pace: 'aws' });
const contended = new Set<CommandName>();
const busy = await contendedPca();
const limited = await limitedPca();
after(() => Promise.all([plain, paced, busy, limited].map(({ house }) => house.close())));

/** A house in which somebody else is always faster with the contended commands. */
async function contendedPca(): Promise<Pca> {
  const house = await openHouse((parts) => {
    const { store } = parts.world;
    const commit: World['store']['commit'] = (name, input) =>
      contended.has(name) ? Promise.reject(new Fault('conflict', 'somebody was faster')) : store.commit(name, input);
    const services = { ...parts.services, ...bindServices({ ...parts.world, store: { ...store, commit } }) };
    return [awsPcaFront({ ...parts.aws(signingName), services })];
  });
  return { house, call: awsCaller(house, { signingName, targetPrefix: 'ACMPrivateCA' }) };
}

/** A house with room for little. */
async function limitedPca(): Promise<Pca> {
  const house = await openHouse((parts) => {
    const quotas = { authorities: 1, certificates: 2, revoked: 0 };
    const services = { ...parts.services, ...withinQuotas(parts.world, parts.services, quotas) };
    return [awsPcaFront({ ...parts.aws(signingName), services })];
  });
  return { house, call: awsCaller(house, { signingName, targetPrefix: 'ACMPrivateCA' }) };
}

const { account } = plain.house.administrator;
const nobody = `arn:aws:acm-pca:us-east-1:${account}:certificate-authority/00000000-0000-4000-8000-000000000000`;
const somethingElse = `arn:aws:acm-pca:us-east-1:${account}:certificate/00000000-0000-4000-8000-000000000000`;
const serial = '4'.padEnd(32, '0');
const root = await activeRoot(plain);
const leaf = await issued(plain, root.arn, csrVector('p256'), { Validity: days(30) });
const gone = (await inState(plain, 'DELETED')).arn;
const own = Buffer.from(root.certificate).toString('base64');
const bucket = { S3BucketName: 'declared-errors', AuditReportResponseFormat: 'CSV' };

/** A right input for an authority, besides its ARN. */
const inputs: Record<string, Record<string, unknown>> = {
  CreateCertificateAuthorityAuditReport: bucket,
  CreatePermission: { Principal: 'acm.amazonaws.com', Actions: ['IssueCertificate'] },
  DeletePermission: { Principal: 'acm.amazonaws.com' },
  DescribeCertificateAuthorityAuditReport: { AuditReportId: '00000000-0000-4000-8000-000000000000' },
  GetCertificate: { CertificateArn: `${nobody}/certificate/${serial}` },
  ImportCertificateAuthorityCertificate: { Certificate: own },
  IssueCertificate: issuance('', csrVector('p256')),
  PutPolicy: { Policy: '{}' },
  RevokeCertificate: { CertificateSerial: serial, RevocationReason: 'SUPERSEDED' },
  TagCertificateAuthority: { Tags: [{ Key: 'a' }] },
  UntagCertificateAuthority: { Tags: [{ Key: 'a' }] },
  UpdateCertificateAuthority: { Status: 'ACTIVE' },
};

const calling =
  (
    operation: string,
    arn: string | (() => Promise<string>),
    more: Record<string, unknown> = {},
    { call }: Pca = plain,
  ) =>
  async () => {
    const name = operation.endsWith('Policy') ? 'ResourceArn' : 'CertificateAuthorityArn';
    const at = typeof arn === 'string' ? arn : await arn();
    return call(operation, { ...inputs[operation], [name]: at, ...more });
  };
const creation =
  (more: Record<string, unknown>, { call }: Pca = plain) =>
  () =>
    call('CreateCertificateAuthority', {
      CertificateAuthorityType: 'ROOT',
      CertificateAuthorityConfiguration: ecConfiguration,
      ...more,
    });
/** The commands are contended while the call is under way. */
const contending = (commands: readonly CommandName[], act: () => Promise<AwsAnswer>) => async () => {
  for (const command of commands) contended.add(command);
  try {
    return await act();
  } finally {
    contended.clear();
  }
};
/** The authority that the limited house has room for, made by whoever asks first. */
const onlyOne = async (): Promise<string> => {
  const [first] = ok(await limited.call('ListCertificateAuthorities')).CertificateAuthorities;
  return first?.Arn ?? pending(limited);
};
const failing = async () => {
  const arn = await creating(plain);
  await fail(plain, arn, 'other');
  return arn;
};

const doneAtOnce = 'what is asked for is done before the answer, so nothing fails afterwards';
const noBucketYet = 'no bucket is touched while a configuration is only kept';
const broken = { RevocationConfiguration: { CrlConfiguration: { Enabled: true } } };
const reserved = { Tags: [{ Key: 'aws:a' }] };

/** What an operation reaches in a way of its own. */
const special: Record<string, Record<string, Reach>> = {
  CreateCertificateAuthority: {
    LimitExceededException: async () => {
      await onlyOne();
      return creation({}, limited)();
    },
    InvalidArgsException: creation(broken),
    InvalidTagException: creation(reserved),
    InvalidPolicyException: noBucketYet,
  },
  CreateCertificateAuthorityAuditReport: {
    InvalidArgsException: calling('CreateCertificateAuthorityAuditReport', root.arn, { S3BucketName: 'No..Bucket' }),
    RequestFailedException: 'an S3 endpoint that does not answer: audit-report.test.ts',
    RequestInProgressException: async () => {
      ok(await calling('CreateCertificateAuthorityAuditReport', root.arn)());
      return calling('CreateCertificateAuthorityAuditReport', root.arn)();
    },
  },
  CreatePermission: {
    LimitExceededException: 'there is one principal, so one permission an authority and source account',
    PermissionAlreadyExistsException: async () => {
      ok(await calling('CreatePermission', root.arn)());
      return calling('CreatePermission', root.arn)();
    },
    RequestFailedException: doneAtOnce,
  },
  DeleteCertificateAuthority: {
    ConcurrentModificationException: async () => {
      const arn = await pending(busy);
      return contending(['update-authority'], calling('DeleteCertificateAuthority', arn, {}, busy))();
    },
  },
  DeletePermission: { RequestFailedException: doneAtOnce },
  DeletePolicy: {
    LockoutPreventedException: 'an owner is never locked out by a policy that is gone',
    RequestFailedException: doneAtOnce,
    ConcurrentModificationException: 'many changes at once: policy.test.ts',
  },
  DescribeCertificateAuthorityAuditReport: {
    InvalidArgsException: 'its two members are checked by their shapes and by what exists',
  },
  GetCertificate: {
    RequestFailedException: doneAtOnce,
    RequestInProgressException: async () => {
      const arn = await pending(paced);
      paced.house.clock.advance({ seconds: 60 });
      const csr = ok(await paced.call('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arn })).Csr;
      const TemplateArn = 'arn:aws:acm-pca:::template/RootCACertificate/V1';
      const { CertificateArn } = ok(await paced.call('IssueCertificate', issuance(arn, csr, { TemplateArn })));
      return calling('GetCertificate', arn, { CertificateArn }, paced)();
    },
  },
  GetCertificateAuthorityCsr: {
    RequestFailedException: calling('GetCertificateAuthorityCsr', failing),
    RequestInProgressException: calling('GetCertificateAuthorityCsr', () => creating(plain)),
  },
  GetPolicy: { RequestFailedException: doneAtOnce },
  ImportCertificateAuthorityCertificate: {
    CertificateMismatchException: calling('ImportCertificateAuthorityCertificate', () => pending(plain)),
    MalformedCertificateException: calling('ImportCertificateAuthorityCertificate', root.arn, {
      Certificate: Buffer.from('no certificate').toString('base64'),
    }),
    InvalidRequestException: calling('ImportCertificateAuthorityCertificate', root.arn, { CertificateChain: own }),
    RequestFailedException: doneAtOnce,
    RequestInProgressException: 'an import is done before its answer',
    ConcurrentModificationException: async () => {
      const { arn, certificate } = await activeRoot(busy);
      const Certificate = Buffer.from(certificate).toString('base64');
      const importing = calling('ImportCertificateAuthorityCertificate', arn, { Certificate }, busy);
      return contending(['update-authority'], importing)();
    },
  },
  IssueCertificate: {
    LimitExceededException: async () => {
      const arn = await onlyOne();
      const csr = ok(await limited.call('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arn })).Csr;
      const TemplateArn = 'arn:aws:acm-pca:::template/RootCACertificate/V1';
      const issue = () => limited.call('IssueCertificate', issuance(arn, csr, { TemplateArn }));
      ok(await issue());
      ok(await issue());
      return issue();
    },
    InvalidArgsException: calling('IssueCertificate', root.arn, { SigningAlgorithm: 'SHA256WITHRSA' }),
    MalformedCSRException: calling('IssueCertificate', root.arn, { Csr: Buffer.from('no CSR').toString('base64') }),
  },
  ListCertificateAuthorities: {
    InvalidNextTokenException: () => plain.call('ListCertificateAuthorities', { NextToken: 'x' }),
  },
  ListPermissions: {
    RequestFailedException: doneAtOnce,
    InvalidNextTokenException: calling('ListPermissions', root.arn, { NextToken: 'x' }),
  },
  ListTags: { RequestFailedException: doneAtOnce },
  PutPolicy: {
    InvalidStateException: calling('PutPolicy', gone, { Policy: sharing(gone, plain.house.stranger.account) }),
    LockoutPreventedException: 'a policy that denies its author: policy.test.ts',
    RequestFailedException: doneAtOnce,
    ConcurrentModificationException: 'many changes at once: policy.test.ts',
    InvalidPolicyException: calling('PutPolicy', root.arn),
  },
  RevokeCertificate: {
    RequestAlreadyProcessedException: async () => {
      const CertificateSerial = leaf.arn.split('/').at(-1);
      ok(await calling('RevokeCertificate', root.arn, { CertificateSerial })());
      return calling('RevokeCertificate', root.arn, { CertificateSerial })();
    },
    LimitExceededException: async () => {
      return calling('RevokeCertificate', await onlyOne(), {}, limited)();
    },
    InvalidRequestException: calling('RevokeCertificate', root.arn, { CertificateSerial: 'not hexadecimal' }),
    RequestFailedException: doneAtOnce,
    ConcurrentModificationException: 'a revocation changes nothing that others change: the second finds it done',
    RequestInProgressException: async () => {
      paced.house.clock.advance({ seconds: 60 });
      const arn = await pending(paced);
      paced.house.clock.advance({ seconds: 60 });
      const csr = ok(await paced.call('GetCertificateAuthorityCsr', { CertificateAuthorityArn: arn })).Csr;
      const TemplateArn = 'arn:aws:acm-pca:::template/RootCACertificate/V1';
      const self = ok(await paced.call('IssueCertificate', issuance(arn, csr, { TemplateArn }))).CertificateArn;
      paced.house.clock.advance({ seconds: 60 });
      const found = ok(await paced.call('GetCertificate', { CertificateAuthorityArn: arn, CertificateArn: self }));
      const Certificate = Buffer.from(found.Certificate).toString('base64');
      ok(await calling('ImportCertificateAuthorityCertificate', arn, { Certificate }, paced)());
      const made = ok(await paced.call('IssueCertificate', issuance(arn, csrVector('p256'), { Validity: days(5) })));
      return calling('RevokeCertificate', arn, { CertificateSerial: made.CertificateArn.split('/').at(-1) }, paced)();
    },
  },
  TagCertificateAuthority: {
    InvalidTagException: calling('TagCertificateAuthority', root.arn, reserved),
    TooManyTagsException: async () => {
      const many = (from: number, count: number) => ({
        Tags: Array.from({ length: count }, (_, at) => ({ Key: `key ${from + at}` })),
      });
      ok(await calling('TagCertificateAuthority', root.arn, many(0, 50))());
      return calling('TagCertificateAuthority', root.arn, many(50, 1))();
    },
  },
  UntagCertificateAuthority: { InvalidTagException: calling('UntagCertificateAuthority', root.arn, reserved) },
  UpdateCertificateAuthority: {
    InvalidArgsException: calling('UpdateCertificateAuthority', root.arn, broken),
    ConcurrentModificationException: async () => {
      const { arn } = await activeRoot(busy);
      return contending(['update-authority'], calling('UpdateCertificateAuthority', arn, {}, busy))();
    },
    InvalidPolicyException: noBucketYet,
  },
};

/** What operations on an authority reach alike. */
const alike: Record<string, (operation: string) => Reach> = {
  ResourceNotFoundException: (operation) => calling(operation, nobody),
  InvalidArnException: (operation) => calling(operation, somethingElse),
  InvalidStateException: (operation) =>
    operation === 'RestoreCertificateAuthority' ? calling(operation, root.arn) : calling(operation, gone),
};

describe('Private CA answers the errors that its model declares:', () => {
  for (const [operation, errors] of Object.entries(declared)) {
    describe(operation, () => {
      for (const error of errors) {
        const reach = special[operation]?.[error] ?? alike[error]?.(operation);
        if (typeof reach === 'string') continue; // with its reason
        it(`answers ${error}`, async () => {
          assert.ok(reach !== undefined, `nothing says how ${operation} reaches ${error}`);
          assertException(await reach(), error);
        });
      }
    });
  }

  it('has nothing else in its table', () => {
    for (const [operation, errors] of Object.entries(special)) {
      for (const error of Object.keys(errors)) assert.ok(declared[operation]?.includes(error), `${operation} ${error}`);
    }
  });
});
