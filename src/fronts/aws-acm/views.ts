/** A managed certificate in the vendor's words. Members without a value are left out of the JSON. */
import { commonNameOf } from '../../core/authority.ts';
import { type ManagedCertificate, managedStatusOf } from '../../core/certificate.ts';
import type { EpochMs } from '../../core/ids.ts';
import { attributeOf, type DistinguishedName } from '../../core/name.ts';
import { certificateText, chainText } from '../../formats/pem-text.ts';
import { authorityArn } from '../../wire/aws-json/authority-arn.ts';
import { epochSeconds } from '../../wire/aws-json/shapes.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { formatName } from '../../x509/names/format-name.ts';
import { expectedSignatureAlgorithm, shownKeyAlgorithms, shownSignatureAlgorithm } from './algorithms.ts';
import { certificateArn } from './arns.ts';
import { domainNamesOf } from './domain-names.ts';
import {
  exportOptions,
  failureReasonOf,
  keyPairOriginNames,
  renewalEligibilityOf,
  statusNames,
  transparencyOf,
  typeNames,
} from './statuses.ts';
import { type Usages, usagesOf } from './usages.ts';

/** How many names a line of the list shows. */
const summarizedNames = 100;

/** CertificateDetail. What only exists with a certificate (serial, validity …) is absent while there is none. */
export function viewDetail(certificate: ManagedCertificate, now: EpochMs) {
  const { origin, authority, authorityAccount = certificate.account, body } = certificate;
  const { main, all } = domainNamesOf(certificate);
  const { keyUsages, extendedKeyUsages } = usagesOf(body);
  return {
    CertificateArn: certificateArn(certificate),
    DomainName: main,
    SubjectAlternativeNames: all.length === 0 ? undefined : all,
    // Only of imports: a private certificate needs no validation and shows none.
    DomainValidationOptions:
      origin === 'imported' && all.length > 0 ? all.map((DomainName) => ({ DomainName })) : undefined,
    ...(body === undefined ? {} : viewBody(body)),
    ...viewTimes(certificate),
    Status: statusNames[managedStatusOf(certificate, now)],
    KeyAlgorithm: shownKeyAlgorithms[certificate.keyAlgorithm],
    SignatureAlgorithm:
      body === undefined
        ? expectedSignatureAlgorithm(certificate.keyAlgorithm)
        : shownSignatureAlgorithm(body.signatureAlgorithm),
    InUseBy: [],
    FailureReason: failureReasonOf(certificate),
    Type: typeNames[origin],
    KeyUsages: keyUsages.map((Name) => ({ Name })),
    ExtendedKeyUsages: extendedKeyUsages.map(({ name, oid }) => ({ Name: name, OID: oid })),
    CertificateAuthorityArn:
      authority === undefined
        ? undefined
        : authorityArn({ account: authorityAccount, region: certificate.region, id: authority }),
    RenewalEligibility: renewalEligibilityOf(certificate, now),
    Options: {
      CertificateTransparencyLoggingPreference: transparencyOf(certificate),
      Export: exportOptions[origin],
    },
    CertificateKeyPairOrigin: keyPairOriginNames[origin],
  };
}

/** CertificateSummary: usages are plain names here, and at most 100 domain names are shown. */
export function viewSummary(certificate: ManagedCertificate, { keyUsages, extendedKeyUsages }: Usages, now: EpochMs) {
  const { origin, exportedAt } = certificate;
  const { main, all } = domainNamesOf(certificate);
  return {
    CertificateArn: certificateArn(certificate),
    DomainName: main,
    SubjectAlternativeNameSummaries: all.length === 0 ? undefined : all.slice(0, summarizedNames),
    HasAdditionalSubjectAlternativeNames: all.length > summarizedNames,
    Status: statusNames[managedStatusOf(certificate, now)],
    Type: typeNames[origin],
    KeyAlgorithm: shownKeyAlgorithms[certificate.keyAlgorithm],
    KeyUsages: keyUsages,
    ExtendedKeyUsages: extendedKeyUsages.map(({ name }) => name),
    ExportOption: exportOptions[origin],
    InUse: false,
    Exported: exportedAt !== undefined,
    RenewalEligibility: renewalEligibilityOf(certificate, now),
    ...viewTimes(certificate),
    CertificateKeyPairOrigin: keyPairOriginNames[origin],
  };
}

/** Certificate and chain as PEM, each ended by a line end: users join the two as they come. */
export function viewPem({ der, chain }: { der: Uint8Array; chain: readonly Uint8Array[] }) {
  const above = chainText(chain, '\n');
  return {
    Certificate: `${certificateText(der, '\n')}\n`,
    CertificateChain: above === undefined ? undefined : `${above}\n`,
  };
}

function viewBody({ der, serial, subject }: NonNullable<ManagedCertificate['body']>) {
  return {
    Serial: (serial.match(/../g) ?? []).join(':'),
    Subject: formatName(subject),
    Issuer: issuerName(readCertificate(der).issuer),
  };
}

/** The service shows the issuer's organization, not its distinguished name. */
function issuerName(issuer: DistinguishedName): string {
  return attributeOf(issuer, 'O') ?? (commonNameOf(issuer) || formatName(issuer));
}

function viewTimes({ body, createdAt, origin, issuedAt, importedAt }: ManagedCertificate) {
  return {
    CreatedAt: epochSeconds(createdAt),
    IssuedAt: origin === 'issued' && issuedAt !== undefined ? epochSeconds(issuedAt) : undefined,
    ImportedAt: importedAt === undefined ? undefined : epochSeconds(importedAt),
    NotBefore: body === undefined ? undefined : epochSeconds(body.validity.notBefore),
    NotAfter: body === undefined ? undefined : epochSeconds(body.validity.notAfter),
  };
}
