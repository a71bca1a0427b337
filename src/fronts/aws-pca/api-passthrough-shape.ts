/** ApiPassthrough of IssueCertificate, with the limits of the vendor's model (2026-10-01). */
import { enumeration, flag, list, optional, shape, text } from '../../wire/aws-json/shapes.ts';
import type { ValueOf } from '../../wire/schema.ts';
import { extendedKeyUsageTypes } from './extended-key-usage-types.ts';
import { asn1Subject, generalName, keyUsage, oid } from './shapes.ts';

const base64Text = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?';

const policyQualifier = shape({
  PolicyQualifierId: enumeration(['CPS']),
  Qualifier: shape({ CpsUri: text({ max: 256 }) }),
});

const customExtension = shape({
  ObjectIdentifier: oid,
  Value: text({ min: 1, max: 4096, pattern: base64Text }),
  Critical: optional(flag()),
});

/** Checked like the service does also where the template then ignores it. */
export const apiPassthrough = shape({
  Extensions: optional(
    shape({
      CertificatePolicies: optional(
        list(shape({ CertPolicyId: oid, PolicyQualifiers: optional(list(policyQualifier, { min: 1, max: 20 })) }), {
          min: 1,
          max: 20,
        }),
      ),
      ExtendedKeyUsage: optional(
        list(
          shape({
            // Object.keys forgets the names; the table gives exactly these.
            ExtendedKeyUsageType: optional(
              enumeration(Object.keys(extendedKeyUsageTypes) as (keyof typeof extendedKeyUsageTypes)[]),
            ),
            ExtendedKeyUsageObjectIdentifier: optional(oid),
          }),
          { min: 1, max: 20 },
        ),
      ),
      KeyUsage: optional(keyUsage),
      SubjectAlternativeNames: optional(list(generalName, { min: 1, max: 150 })),
      CustomExtensions: optional(list(customExtension, { min: 1, max: 150 })),
    }),
  ),
  Subject: optional(asn1Subject),
});

export type ApiPassthrough = ValueOf<typeof apiPassthrough>;
