import { attributeTypes } from '../../core/name.ts';
import { extendedKeyUsages, type Profile } from '../../core/profile.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { onAuthority } from '../../wire/aws-json/shared-authority.ts';
import { partitionOf } from '../../wire/aws-json/partition.ts';
import { enumeration, list, optional, shape, text } from '../../wire/aws-json/shapes.ts';
import { readTags } from '../../wire/aws-json/tags.ts';
import { Refusal } from '../../wire/refusal.ts';
import { requestDigest } from '../../wire/request-digest.ts';
import { keyAlgorithmNames, requestedKeyAlgorithm } from './algorithms.ts';
import { authorityArnMember, certificateArn, invalid } from './arns.ts';
import { operation } from './operation.ts';
import { domainName, enabledOrNot, tags, validationMethods } from './shapes.ts';

const hourMs = 3_600_000;
/** What the service's own requests to an authority are issued by. */
const template = 'EndEntityCertificate/V1';

/**
 * A private certificate: key made here, signed by the named authority for 395 days. What the authority cannot issue is
 * there as FAILED with its reason. API page RequestCertificate.
 */
export const requestCertificate = operation({
  name: 'RequestCertificate',
  input: shape({
    DomainName: domainName,
    ValidationMethod: optional(enumeration(validationMethods)),
    SubjectAlternativeNames: optional(list(domainName, { min: 1, max: 100 })),
    IdempotencyToken: optional(text({ min: 1, max: 32, pattern: '\\w+' })),
    DomainValidationOptions: optional(
      list(shape({ DomainName: domainName, ValidationDomain: domainName }), { min: 1, max: 100 }),
    ),
    Options: optional(
      shape({
        CertificateTransparencyLoggingPreference: optional(enumeration(enabledOrNot)),
        Export: optional(enumeration(enabledOrNot)),
        ValidationMethod: optional(enumeration(validationMethods)),
      }),
    ),
    CertificateAuthorityArn: optional(authorityArnMember),
    Tags: optional(tags),
    KeyAlgorithm: optional(enumeration(keyAlgorithmNames)),
    ManagedBy: optional(enumeration(['CLOUDFRONT'])),
  }),
  // Whoever requests from an authority issues from it: the account in its ARN decides before any lookup.
  action: ({ CertificateAuthorityArn: authority }, caller) => {
    if (authority !== undefined && authority.account !== caller.account) {
      return onAuthority({ action: 'acm-pca:IssueCertificate', access: 'write' }, authority, caller, 'issue', template);
    }
    const resource = `arn:${partitionOf(caller.region)}:acm:${caller.region}:${caller.account}:certificate/*`;
    return { action: 'acm:RequestCertificate', access: 'write', resource };
  },
  run: async (input, { services, caller, access }) => {
    const { DomainName: domain, IdempotencyToken: token } = input;
    assertPrivate(input, caller.region);
    const names = namesOf(domain, input.SubjectAlternativeNames);
    const id = await services.requestCertificate(caller, {
      authority: input.CertificateAuthorityArn.id,
      authorityRegion: caller.region,
      access,
      keyAlgorithm: requestedKeyAlgorithm(input.KeyAlgorithm ?? 'RSA_2048'),
      keyFamily: 'of-authority',
      subject: [[{ type: attributeTypes.CN, value: domain }]],
      domain,
      profile: profileFor(names),
      term: { wish: { unit: 'days', count: 395 }, backdateMs: hourMs },
      refusesShortLived: true,
      whenRefused: 'keep',
      name: '',
      tags: readTags(input.Tags ?? []),
      vendor: { aws: { names, options: input.Options } },
      repeatable:
        token === undefined
          ? undefined
          : {
              scope: `acm:RequestCertificate:${caller.region}`,
              token,
              digest: requestDigest(input),
              windowMs: hourMs,
            },
    });
    return certificateArn({ id, account: caller.account, region: caller.region });
  },
  view: (arn) => ({ CertificateArn: arn }),
});

interface Wanted {
  readonly DomainName: string;
  readonly CertificateAuthorityArn?: AuthorityArn;
  readonly Options?: { readonly Export?: string };
  readonly ManagedBy?: string;
}

/** What a private certificate cannot be, and that it is one. */
function assertPrivate<Input extends Wanted>(
  input: Input,
  region: string,
): asserts input is Input & { readonly CertificateAuthorityArn: AuthorityArn } {
  const { DomainName: domain, CertificateAuthorityArn: authority, Options, ManagedBy } = input;
  if (authority === undefined) {
    throw new Refusal(
      'InvalidParameterException',
      'Public certificates are not available here. Specify CertificateAuthorityArn to request a private certificate.',
    );
  }
  if (authority.region !== region) invalid(authority);
  if (Options?.Export !== undefined || ManagedBy !== undefined) {
    throw new Refusal(
      'ValidationException',
      'One or more of the options specified in the request are not supported for PRIVATE certificate types',
    );
  }
  // RFC 5280 appendix A.1: ub-common-name. Longer names are allowed as further names.
  if (domain.length > 64) {
    throw new Refusal(
      'ValidationException',
      `The domain name ${domain} has ${domain.length} characters. The first domain name cannot exceed 64 characters.`,
    );
  }
}

/** The domain name first, then the others in their order, each once whatever its case. */
function namesOf(domain: string, others: readonly string[] = []): readonly string[] {
  const byName = new Map<string, string>();
  for (const name of [domain, ...others]) {
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), name);
  }
  return [...byName.values()];
}

/** What the service's own requests to an authority use, with the names of the request. */
function profileFor(names: readonly string[]): Profile {
  return {
    name: template,
    isSelfSigned: false,
    basicConstraints: { value: { isAuthority: false }, critical: false },
    keyUsage: { from: 'profile', value: ['digitalSignature', 'keyEncipherment'], critical: true },
    extendedKeyUsage: {
      from: 'profile',
      value: [extendedKeyUsages.serverAuth, extendedKeyUsages.clientAuth],
      critical: false,
    },
    subjectAltName: { from: 'profile', value: names.map((value) => ({ kind: 'dns', value })), critical: false },
    customExtensions: [],
  };
}
