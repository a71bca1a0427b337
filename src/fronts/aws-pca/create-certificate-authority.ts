import { requestDigest } from '../../wire/request-digest.ts';
import { authorityArn } from '../../wire/aws-json/authority-arn.ts';
import { partitionOf } from '../../wire/aws-json/partition.ts';
import { enumeration, optional, shape } from '../../wire/aws-json/shapes.ts';
import {
  cannotSign,
  keyAlgorithmOf,
  type KeyAlgorithmName,
  keyAlgorithms,
  signatureAlgorithmOf,
  type SigningAlgorithmName,
  signingAlgorithms,
} from './algorithms.ts';
import { csrCustomExtensions, csrKeyUsages } from './csr-extensions.ts';
import { faults } from './faults.ts';
import { operation } from './operation.ts';
import { checkRevocation, revocationSettings } from './revocation-configuration.ts';
import { asn1Subject, csrExtensions, idempotencyToken, revocationConfiguration, tags } from './shapes.ts';
import { readSubject } from './subject.ts';
import { readTags } from '../../wire/aws-json/tags.ts';

const fiveMinutesMs = 300_000;

/** A root or subordinate with its key and CSR, pending until its certificate is imported. */
export const createCertificateAuthority = operation({
  name: 'CreateCertificateAuthority',
  input: shape({
    CertificateAuthorityConfiguration: shape({
      // Object.keys forgets the names; the tables give exactly these.
      KeyAlgorithm: enumeration(Object.keys(keyAlgorithms) as KeyAlgorithmName[]),
      SigningAlgorithm: enumeration(Object.keys(signingAlgorithms) as SigningAlgorithmName[]),
      Subject: asn1Subject,
      CsrExtensions: optional(csrExtensions),
    }),
    RevocationConfiguration: optional(revocationConfiguration),
    CertificateAuthorityType: enumeration(['ROOT', 'SUBORDINATE']),
    IdempotencyToken: idempotencyToken,
    KeyStorageSecurityStandard: optional(
      enumeration(['FIPS_140_2_LEVEL_2_OR_HIGHER', 'FIPS_140_2_LEVEL_3_OR_HIGHER', 'CCPC_LEVEL_1_OR_HIGHER']),
    ),
    Tags: optional(tags),
    UsageMode: optional(enumeration(['GENERAL_PURPOSE', 'SHORT_LIVED_CERTIFICATE'])),
  }),
  action: (_, { region, account }) => ({
    action: 'acm-pca:CreateCertificateAuthority',
    access: 'write',
    resource: `arn:${partitionOf(region)}:acm-pca:${region}:${account}:certificate-authority/*`,
  }),
  run: async (input, { services, caller }) => {
    const { KeyAlgorithm, SigningAlgorithm, Subject, CsrExtensions } = input.CertificateAuthorityConfiguration;
    const keyUsages = csrKeyUsages(CsrExtensions);
    const { RevocationConfiguration: revocation, IdempotencyToken: token } = input;
    if (revocation !== undefined) checkRevocation(revocation, keyUsages);
    const id = await services.createAuthority(caller, {
      type: input.CertificateAuthorityType === 'ROOT' ? 'root' : 'subordinate',
      subject: readSubject(Subject),
      keyAlgorithm: keyAlgorithmOf(KeyAlgorithm),
      signatureAlgorithm: signatureAlgorithmOf(SigningAlgorithm),
      keyUsages,
      csrExtensions: csrCustomExtensions(CsrExtensions),
      usageMode: input.UsageMode === 'SHORT_LIVED_CERTIFICATE' ? 'short-lived' : 'general',
      ...(revocation !== undefined && { revocation: revocationSettings(revocation) }),
      vendor: {
        aws: {
          keyStorageStandard: input.KeyStorageSecurityStandard,
          revocationConfiguration: revocation,
          csrExtensions: CsrExtensions,
          subject: Subject,
        },
      },
      tags: readTags(input.Tags ?? []),
      mayFinishLater: true,
      repeatable:
        token === undefined
          ? undefined
          : {
              scope: `acm-pca:CreateCertificateAuthority:${caller.region}`,
              token,
              digest: requestDigest(input),
              windowMs: fiveMinutesMs,
            },
    });
    return authorityArn({ id, account: caller.account, region: caller.region });
  },
  view: (arn) => ({ CertificateAuthorityArn: arn }),
  faults: { mismatch: (fault, input) => cannotSign(fault) ?? faults.mismatch(fault, input) },
});
