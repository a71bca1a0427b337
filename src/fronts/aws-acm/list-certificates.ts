import type { ManagedCertificate } from '../../core/certificate.ts';
import { enumeration, integer, list, optional, shape, text } from '../../wire/aws-json/shapes.ts';
import type { Scene } from '../../wire/operation.ts';
import { Refusal } from '../../wire/refusal.ts';
import { requestDigest } from '../../wire/request-digest.ts';
import { keyAlgorithmNames } from './algorithms.ts';
import { listFilter, type ListInput } from './list-filter.ts';
import { type AcmServices, operation } from './operation.ts';
import { nextToken, pageOf } from './pages.ts';
import { enabledOrNot } from './shapes.ts';
import { type CertificateStatus, certificateStatuses, keyPairOrigins } from './statuses.ts';
import { extendedKeyUsageNames, keyUsageNames, type Usages, usagesOf } from './usages.ts';
import { viewSummary } from './views.ts';

/** How many pages of the store are looked through for one that is not empty. */
const pagesLookedThrough = 10;

/** The certificates of the addressed region, oldest first unless told. API page ListCertificates. */
export const listCertificates = operation({
  name: 'ListCertificates',
  input: shape({
    // Object.keys forgets the names; the table gives exactly these.
    CertificateStatuses: optional(list(enumeration(Object.keys(certificateStatuses) as CertificateStatus[]))),
    CertificateKeyPairOrigins: optional(list(enumeration(keyPairOrigins), { min: 1, max: 3 })),
    Includes: optional(
      shape({
        extendedKeyUsage: optional(list(enumeration(extendedKeyUsageNames))),
        keyUsage: optional(list(enumeration(keyUsageNames))),
        keyTypes: optional(list(enumeration(keyAlgorithmNames))),
        exportOption: optional(enumeration(enabledOrNot)),
        managedBy: optional(enumeration(['CLOUDFRONT'])),
      }),
    ),
    NextToken: optional(text({ min: 1, max: 10_000, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*' })),
    MaxItems: optional(integer({ min: 1, max: 1000 })),
    SortBy: optional(enumeration(['CREATED_AT'])),
    SortOrder: optional(enumeration(['ASCENDING', 'DESCENDING'])),
  }),
  action: () => ({ action: 'acm:ListCertificates', access: 'read', resource: '*' }),
  run: (input, scene) => {
    if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) {
      throw new Refusal('InvalidArgsException', 'SortBy and SortOrder must be specified together.');
    }
    return matchingPage(scene, input, pageOf(scene, listOf(input), input));
  },
  view: ({ lines, next }, input, scene) => ({
    NextToken: nextToken(scene, listOf(input), next),
    CertificateSummaryList: lines.map(({ certificate, usages }) =>
      viewSummary(certificate, usages, scene.services.now()),
    ),
  }),
});

interface Line {
  readonly certificate: ManagedCertificate;
  readonly usages: Usages;
}

/**
 * A page of the store without the lines that do not match, so it may be shorter than asked for while its token goes
 * on; pages that would be empty are passed over, up to a limit.
 */
async function matchingPage(
  { services, caller }: Scene<AcmServices>,
  input: ListInput & { readonly SortOrder?: string },
  { limit, after: start }: { limit: number; after?: string },
): Promise<{ lines: readonly Line[]; next?: string }> {
  const { isEmpty, matches, ...selected } = listFilter(input);
  if (isEmpty) return { lines: [] };
  const wanted = { ...selected, region: caller.region, descending: input.SortOrder === 'DESCENDING', limit };
  let after = start;
  for (let left = pagesLookedThrough; ; left -= 1) {
    const { items, next } = await services.pageManagedCertificates(caller, { ...wanted, after });
    const lines = items
      .map((certificate) => ({ certificate, usages: usagesOf(certificate.body) }))
      .filter(({ certificate, usages }) => matches(certificate, usages));
    if (lines.length > 0 || next === undefined || left === 1) return { lines, next };
    after = next;
  }
}

/** A token is good for the same filters and order only. */
function listOf({
  NextToken: _token,
  MaxItems: _limit,
  ...rest
}: ListInput & { NextToken?: string; MaxItems?: number }) {
  return `ListCertificates:${requestDigest(rest)}`;
}
