/** The filters of ListCertificates: what the store selects by, and what is looked at line by line. */
import type { CertificateOrigin, ManagedCertificate, ManagedStatus } from '../../core/certificate.ts';
import type { KeyAlgorithm } from '../../core/key.ts';
import { type KeyAlgorithmName, keyAlgorithms } from './algorithms.ts';
import { domainNamesOf } from './domain-names.ts';
import { type CertificateStatus, certificateStatuses, exportOptions, type keyPairOrigins } from './statuses.ts';
import type { ExtendedKeyUsageName, KeyUsageName, Usages } from './usages.ts';

export interface ListInput {
  readonly CertificateStatuses?: readonly CertificateStatus[];
  readonly CertificateKeyPairOrigins?: readonly (typeof keyPairOrigins)[number][];
  readonly Includes?: {
    readonly extendedKeyUsage?: readonly ExtendedKeyUsageName[];
    readonly keyUsage?: readonly KeyUsageName[];
    readonly keyTypes?: readonly KeyAlgorithmName[];
    readonly exportOption?: 'ENABLED' | 'DISABLED';
    readonly managedBy?: string;
  };
}

export interface ListFilter {
  /** For the store. */
  readonly statuses?: readonly ManagedStatus[];
  readonly keyAlgorithms: readonly KeyAlgorithm[];
  /** Nothing can match. */
  readonly isEmpty: boolean;
  readonly matches: (certificate: ManagedCertificate, usages: Usages) => boolean;
}

/** Without `keyTypes` the service lists only RSA_1024 and RSA_2048 certificates with at least one domain. */
const defaultKeyTypes: readonly KeyAlgorithmName[] = ['RSA_1024', 'RSA_2048'];

export function listFilter(input: ListInput): ListFilter {
  const { keyTypes = [], keyUsage = [], extendedKeyUsage = [], exportOption, managedBy } = input.Includes ?? {};
  const isDefault = keyTypes.length === 0;
  const asked = input.CertificateStatuses ?? [];
  const statuses = asked.flatMap((status) => certificateStatuses[status] ?? []);
  const origins = originsOf(input).filter(
    (origin) => exportOption === undefined || exportOptions[origin] === exportOption,
  );
  return {
    ...(asked.length === 0 ? {} : { statuses }),
    keyAlgorithms: (isDefault ? defaultKeyTypes : keyTypes).map((name) => keyAlgorithms[name]),
    // Nothing here is managed by another service of the vendor's.
    isEmpty: (asked.length > 0 && statuses.length === 0) || origins.length === 0 || managedBy !== undefined,
    matches: (certificate, usages) =>
      origins.includes(certificate.origin) &&
      (!isDefault || domainNamesOf(certificate).main !== undefined) &&
      hasOneOf(usages.keyUsages, keyUsage) &&
      hasOneOf(
        usages.extendedKeyUsages.map(({ name }) => name),
        extendedKeyUsage,
      ),
  };
}

function originsOf({ CertificateKeyPairOrigins: wanted }: ListInput): readonly CertificateOrigin[] {
  if (wanted === undefined) return ['issued', 'imported'];
  const origins: CertificateOrigin[] = [];
  if (wanted.includes('AWS_MANAGED')) origins.push('issued');
  if (wanted.includes('CUSTOMER_PROVIDED')) origins.push('imported');
  return origins;
}

function hasOneOf<Name>(names: readonly Name[], wanted: readonly Name[]): boolean {
  return wanted.length === 0 || wanted.some((name) => names.includes(name));
}
