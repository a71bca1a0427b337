/** Inputs that several operations of this front share, with the limits of the vendor's model (2026-10-01). */
import { enumeration, flag, integer, list, long, optional, shape, tagList, text } from '../../wire/aws-json/shapes.ts';
import { accessMethods, keyUsageMembers } from './csr-extensions.ts';
import { validityTypes } from './validity.ts';

const printable = "[a-zA-Z0-9'()+-.?:/= ]*";
const objectIdentifier = '([0-2])\\.([0-9]|([0-3][0-9]))((\\.([0-9]+)){0,126})';
export const oid = text({ min: 0, max: 64, pattern: objectIdentifier });

export const idempotencyToken = optional(text({ min: 1, max: 36, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*' }));

/** Both services' pages of a list. */
export const pageMembers = {
  MaxResults: optional(integer({ min: 1, max: 1000 })),
  NextToken: optional(text({ min: 1, max: 43_739 })),
};

export const tags = tagList();

export const asn1Subject = shape({
  Country: optional(text({ min: 2, max: 2, pattern: '[A-Za-z]{2}' })),
  Organization: optional(text({ max: 64 })),
  OrganizationalUnit: optional(text({ max: 64 })),
  DistinguishedNameQualifier: optional(text({ max: 64, pattern: printable })),
  State: optional(text({ max: 128 })),
  CommonName: optional(text({ max: 64 })),
  SerialNumber: optional(text({ max: 64, pattern: printable })),
  Locality: optional(text({ max: 128 })),
  Title: optional(text({ max: 64 })),
  Surname: optional(text({ max: 40 })),
  GivenName: optional(text({ max: 16 })),
  Initials: optional(text({ max: 5 })),
  Pseudonym: optional(text({ max: 128 })),
  GenerationQualifier: optional(text({ max: 3 })),
  CustomAttributes: optional(
    list(shape({ ObjectIdentifier: oid, Value: text({ min: 1, max: 256 }) }), { min: 1, max: 150 }),
  ),
});

export const generalName = shape({
  OtherName: optional(shape({ TypeId: oid, Value: text({ max: 256 }) })),
  Rfc822Name: optional(text({ max: 256 })),
  DnsName: optional(text({ max: 253 })),
  DirectoryName: optional(asn1Subject),
  EdiPartyName: optional(shape({ PartyName: text({ max: 256 }), NameAssigner: optional(text({ max: 256 })) })),
  UniformResourceIdentifier: optional(text({ max: 253 })),
  IpAddress: optional(text({ max: 39 })),
  RegisteredId: optional(oid),
});

// Object.keys and fromEntries forget the names; the tables give exactly these.
export const keyUsage = shape(
  Object.fromEntries(Object.keys(keyUsageMembers).map((name) => [name, optional(flag())])) as Record<
    keyof typeof keyUsageMembers,
    ReturnType<typeof optionalFlag>
  >,
);
const accessMethodTypes = Object.keys(accessMethods) as (keyof typeof accessMethods)[];

function optionalFlag() {
  return optional(flag());
}

export const csrExtensions = shape({
  KeyUsage: optional(keyUsage),
  SubjectInformationAccess: optional(
    list(
      shape({
        AccessMethod: shape({
          CustomObjectIdentifier: optional(oid),
          AccessMethodType: optional(enumeration(accessMethodTypes)),
        }),
        AccessLocation: generalName,
      }),
    ),
  ),
});

const uriCharacters = "[-a-zA-Z0-9;/?:@&=+$,%_.!~*()']*";
const pathSegment = "[-a-zA-Z0-9;?:@&=+$,%_.!~*()']+";

export const revocationConfiguration = shape({
  CrlConfiguration: optional(
    shape({
      Enabled: flag(),
      ExpirationInDays: optional(integer({ min: 1, max: 5000 })),
      CustomCname: optional(text({ max: 253, pattern: uriCharacters })),
      S3BucketName: optional(text({ min: 3, max: 255, pattern: '[-a-zA-Z0-9._/]+' })),
      S3ObjectAcl: optional(enumeration(['PUBLIC_READ', 'BUCKET_OWNER_FULL_CONTROL'])),
      CrlDistributionPointExtensionConfiguration: optional(shape({ OmitExtension: flag() })),
      CrlType: optional(enumeration(['COMPLETE', 'PARTITIONED'])),
      CustomPath: optional(text({ max: 253, pattern: `(/|${pathSegment}(/${pathSegment})*)` })),
    }),
  ),
  OcspConfiguration: optional(
    shape({ Enabled: flag(), OcspCustomCname: optional(text({ max: 253, pattern: uriCharacters })) }),
  ),
});

export const validity = shape({ Value: long({ min: 1 }), Type: enumeration(validityTypes) });
