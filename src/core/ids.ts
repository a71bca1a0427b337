/**
 * The identifiers of our nouns, each a branded string so that one is never passed for another.
 * The makers here check the shape and throw Fault `invalid`; they never look anything up.
 */
import { Fault } from './fault.ts';

declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** 12 decimal digits, as AWS names an account. */
export type AccountId = Brand<string, 'AccountId'>;
/** 32 lower-case hexadecimal digits, as Huawei names the same account. */
export type DomainId = Brand<string, 'DomainId'>;
/** 32 lower-case hexadecimal digits: an account's project in one region (Huawei). */
export type ProjectId = Brand<string, 'ProjectId'>;
/** A lower-case UUID: the last part of an authority's ARN and its Huawei `ca_id`. */
export type AuthorityId = Brand<string, 'AuthorityId'>;
/** A lower-case UUID: names a managed certificate in the ACM ARN and as Huawei `certificate_id`. */
export type CertificateId = Brand<string, 'CertificateId'>;
/** `scs` and 13 digits: the SCM name of a managed certificate. */
export type ScmId = Brand<string, 'ScmId'>;
/** 32 lower-case hexadecimal digits: the serial number of a certificate that this house signed. */
export type SerialNumber = Brand<string, 'SerialNumber'>;
/** A lower-case UUID: an audit report of an authority. */
export type AuditReportId = Brand<string, 'AuditReportId'>;
/** A lower-case UUID: a private key in the vault. */
export type KeyId = Brand<string, 'KeyId'>;
/** The public half of an API credential, 16 to 128 characters of `\w`. */
export type AccessKeyId = Brand<string, 'AccessKeyId'>;
/** A region's name as clients spell it, for example `us-east-1` or `cn-north-4`. */
export type Region = Brand<string, 'Region'>;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const accountId = shaped<AccountId>('account id', /^[0-9]{12}$/, '12 digits');
export const domainId = shaped<DomainId>('domain id', /^[0-9a-f]{32}$/, '32 hexadecimal digits');
export const projectId = shaped<ProjectId>('project id', /^[0-9a-f]{32}$/, '32 hexadecimal digits');
export const authorityId = shaped<AuthorityId>('authority id', uuidPattern, 'a lower-case UUID');
export const certificateId = shaped<CertificateId>('certificate id', uuidPattern, 'a lower-case UUID');
export const scmId = shaped<ScmId>('SCM certificate id', /^scs[0-9]{13}$/, 'scs and 13 digits');
export const serialNumber = shaped<SerialNumber>('serial number', /^[0-9a-f]{32}$/, '32 hexadecimal digits');
export const auditReportId = shaped<AuditReportId>('audit report id', uuidPattern, 'a lower-case UUID');
export const keyId = shaped<KeyId>('key id', uuidPattern, 'a lower-case UUID');
export const accessKeyId = shaped<AccessKeyId>('access key id', /^\w{16,128}$/, '16 to 128 letters, digits or _');
export const region = shaped<Region>('region', /^[a-z]{2}(-[a-z0-9]+){1,4}$/, 'a name such as us-east-1');

/** The UUID spelling of a serial number: how Huawei's API names a certificate issued from a CSR. */
export function serialAsUuid(serial: SerialNumber): CertificateId {
  return certificateId(
    [serial.slice(0, 8), serial.slice(8, 12), serial.slice(12, 16), serial.slice(16, 20), serial.slice(20)].join('-'),
  );
}

/** The serial number that a UUID spells; every UUID spells one, whether or not it was ever issued. */
export function uuidAsSerial(id: CertificateId): SerialNumber {
  return serialNumber(id.replaceAll('-', ''));
}

function shaped<Id extends string>(what: string, pattern: RegExp, expected: string): (text: string) => Id {
  return (text) => {
    if (!pattern.test(text)) throw new Fault('invalid', `${what} is not ${expected}`, { what });
    return text as Id; // the one place where this brand is given
  };
}
