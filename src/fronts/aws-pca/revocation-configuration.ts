/**
 * The revocation configuration of an authority: kept and checked by the vendor's documented rules. CRLs and OCSP
 * answers themselves are not made yet; the rules stand so that what is stored now is right then.
 */
import type { RevocationSettings } from '../../core/authority.ts';
import { hasBucketForm } from '../../core/object.ts';
import type { KeyUsage } from '../../core/profile.ts';
import { Refusal } from '../../wire/refusal.ts';

export interface CrlConfiguration {
  readonly Enabled: boolean;
  readonly ExpirationInDays?: number;
  readonly CustomCname?: string;
  readonly S3BucketName?: string;
  readonly S3ObjectAcl?: 'PUBLIC_READ' | 'BUCKET_OWNER_FULL_CONTROL';
  readonly CrlDistributionPointExtensionConfiguration?: { readonly OmitExtension: boolean };
  readonly CrlType?: 'COMPLETE' | 'PARTITIONED';
  readonly CustomPath?: string;
}

export interface OcspConfiguration {
  readonly Enabled: boolean;
  readonly OcspCustomCname?: string;
}

export interface RevocationConfiguration {
  readonly CrlConfiguration?: CrlConfiguration;
  readonly OcspConfiguration?: OcspConfiguration;
}

/** Throws Refusal `InvalidArgsException` where a documented rule is broken. */
export function checkRevocation(wanted: RevocationConfiguration, keyUsages: readonly KeyUsage[]): void {
  const { CrlConfiguration: crl, OcspConfiguration: ocsp } = wanted;
  if (crl !== undefined) checkCrl(crl, keyUsages);
  if (ocsp !== undefined) {
    checkAlone('OcspConfiguration', ocsp);
    checkOcspCname(ocsp.OcspCustomCname);
  }
}

/** What a part of the configuration is after a change of the other: a part that is not given stays. */
export function mergeRevocation(stored: unknown, wanted: RevocationConfiguration): RevocationConfiguration {
  return { ...storedRevocation(stored), ...wanted };
}

/** Whether the authority publishes a CRL. */
export function isCrlEnabled(stored: unknown): boolean {
  return storedRevocation(stored).CrlConfiguration?.Enabled === true;
}

/** What the configuration means for the certificates that the authority issues. */
export function revocationSettings(stored: unknown): RevocationSettings {
  const { CrlConfiguration: crl, OcspConfiguration: ocsp } = storedRevocation(stored);
  return {
    ...(crl?.Enabled === true && {
      crl: {
        kind: crl.CrlType === 'PARTITIONED' ? 'partitioned' : 'complete',
        ...(crl.CrlDistributionPointExtensionConfiguration?.OmitExtension === true && { isUnnamed: true }),
        ...(isGiven(crl.CustomCname) && { host: crl.CustomCname }),
        ...(isGiven(crl.CustomPath) && { path: crl.CustomPath }),
      },
    }),
    ...(ocsp?.Enabled === true && { ocsp: isGiven(ocsp.OcspCustomCname) ? { host: ocsp.OcspCustomCname } : {} }),
  };
}

/** The model allows empty texts; one is as good as none. */
function isGiven(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** As the service shows it: both parts, off by default, and the defaults of what is on. */
export function viewRevocation(stored: unknown): RevocationConfiguration {
  const { CrlConfiguration: crl = { Enabled: false }, OcspConfiguration: ocsp = { Enabled: false } } =
    storedRevocation(stored);
  const defaults = crl.Enabled ? ({ S3ObjectAcl: 'PUBLIC_READ', CrlType: 'COMPLETE' } as const) : {};
  return { CrlConfiguration: { ...defaults, ...crl }, OcspConfiguration: ocsp };
}

/** The field is this front's own: only this file's shapes are ever written into it. */
function storedRevocation(stored: unknown): RevocationConfiguration {
  return typeof stored === 'object' && stored !== null ? stored : {};
}

function checkCrl(crl: CrlConfiguration, keyUsages: readonly KeyUsage[]): void {
  checkAlone('CrlConfiguration', crl);
  if (!crl.Enabled) return;
  if (crl.S3BucketName === undefined) refuse('S3BucketName is required when the CRL is enabled.');
  if (!isBucketName(crl.S3BucketName))
    refuse('S3BucketName does not conform to the naming rules of Amazon S3 buckets.');
  checkCrlCname(crl.CustomCname);
  checkCustomPath(crl.CustomPath);
  if (crl.CustomCname !== undefined && crl.CrlDistributionPointExtensionConfiguration?.OmitExtension === true) {
    refuse('OmitExtension cannot be true with a CustomCname.');
  }
  // RFC 5280 §4.2.1.3: else no client accepts the CRL.
  if (!keyUsages.includes('cRLSign'))
    refuse('The key usage of the certificate authority must include CRLSign to enable a CRL.');
}

function checkAlone(what: string, part: { readonly Enabled: boolean }): void {
  if (part.Enabled || Object.keys(part).length === 1) return;
  refuse(`${what} must contain only Enabled when it is false.`);
}

/*
 * The model's patterns have also what makes no URL that every client follows to the same place: `?`, `//host`, `host/`,
 * `a/../b`. A certificate keeps its URLs for good.
 */

function checkCrlCname(cname: string | undefined): void {
  if (!isGiven(cname)) return;
  checkHost('CustomCname', cname, ', with a port and a path if need be, such as crl.example.com');
  const slash = cname.indexOf('/');
  if (slash >= 0) checkSegments('CustomCname', cname, cname.slice(slash + 1));
}

/** Responders are found by the Host that is asked (docs/decisions/0010): its requests go to `/` and below. */
function checkOcspCname(cname: string | undefined): void {
  if (!isGiven(cname)) return;
  const expected = ', with a port if need be and without a path, such as ocsp.example.com';
  checkHost('OcspCustomCname', cname, expected);
  if (cname.includes('/')) refuse(`OcspCustomCname must be a host name${expected}: found ${cname}.`);
}

/** `/` alone is the root of the host. */
function checkCustomPath(path: string | undefined): void {
  if (isGiven(path) && path !== '/') checkSegments('CustomPath', path, path);
}

function checkHost(what: string, cname: string, expected: string): void {
  if (/:\/\//.test(cname)) refuse(`${what} must not include a protocol prefix such as http://.`);
  const host = cname.replace(/\/.*/, '');
  if (!/^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?$/.test(host))
    refuse(`${what} must be a host name${expected}: found ${cname}.`);
}

/** Clients take `.` and `..` away before they ask, escaped ones too, so that they ask for something else. */
function checkSegments(what: string, given: string, path: string): void {
  for (const segment of path.split('/')) {
    if (/^[A-Za-z0-9;:@&=+$,_.!~*()'-]+$/.test(segment) && !/^\.\.?$/.test(segment)) continue;
    refuse(
      `${what} must have a path of segments that are not empty, not . or .., and without ? and %, such as pki/crl: found ${given}.`,
    );
  }
}

/** S3's rules for general purpose buckets. */
function isBucketName(name: string): boolean {
  return (
    hasBucketForm(name) && !/^\d+\.\d+\.\d+\.\d+$/.test(name) && !name.startsWith('xn--') && !name.endsWith('-s3alias')
  );
}

function refuse(message: string): never {
  throw new Refusal('InvalidArgsException', message);
}
