/** Where and how often an authority's CRL is to be published. Kept and shown; publishing itself comes later. */
import { flag, integer, optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import type { Authority } from '../../core/authority.ts';
import { decoded } from '../../wire/leaf.ts';
import { incorrect } from './refusals.ts';

export interface CrlConfiguration {
  readonly enabled: boolean;
  readonly crlName?: string;
  readonly bucket?: string;
  readonly validDays?: number;
}

const bucketPattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const crlNamePattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;

/** `crl_configuration`; empty strings and 0 are absent, as Go clients send them. */
export const crlConfiguration = decoded(
  shape({
    enabled: optional(flag()),
    crl_name: optional(text()),
    obs_bucket_name: optional(text()),
    valid_days: optional(integer()),
  }),
  (given): CrlConfiguration | undefined => {
    const { enabled = false, crl_name: crlName = '', obs_bucket_name: bucket = '', valid_days: validDays = 0 } = given;
    if (!enabled && crlName === '' && bucket === '' && validDays === 0) return undefined;
    if (enabled && bucket === '') throw incorrect('crl_configuration.obs_bucket_name is mandatory when it is enabled.');
    if ((enabled || validDays !== 0) && (validDays < 7 || validDays > 30)) {
      throw incorrect('crl_configuration.valid_days takes 7 to 30.');
    }
    if (bucket !== '' && !bucketPattern.test(bucket))
      throw incorrect('crl_configuration.obs_bucket_name is no bucket.');
    if (crlName !== '' && !crlNamePattern.test(crlName)) {
      throw incorrect('crl_configuration.crl_name takes up to 64 letters, digits, dots, hyphens and underscores.');
    }
    return {
      enabled,
      ...(crlName === '' ? {} : { crlName }),
      ...(bucket === '' ? {} : { bucket }),
      ...(validDays === 0 ? {} : { validDays }),
    };
  },
);

/** Throws unless an authority with these usages could sign the CRL that is asked for. */
export function assertCrlSign(configuration: CrlConfiguration | undefined, usages: readonly string[]): void {
  if (configuration?.enabled === true && !usages.includes('cRLSign')) {
    throw incorrect('A CA without the key usage cRLSign cannot publish a CRL.');
  }
}

/** `crl_configuration` of a response. The default name is the id of the authority, which signs the CRL. */
export function crlView(authority: Authority): object {
  const kept = authority.vendor.huawei?.crlConfiguration;
  const { enabled, crlName, bucket, validDays } = isConfiguration(kept) ? kept : { enabled: false };
  return {
    enabled,
    crl_name: crlName ?? (enabled ? authority.id : null),
    obs_bucket_name: bucket ?? null,
    valid_days: validDays ?? null,
    crl_dis_point: null,
  };
}

/** What `crlConfiguration` above made: the core keeps it without looking. */
function isConfiguration(kept: unknown): kept is CrlConfiguration {
  return typeof kept === 'object' && kept !== null && 'enabled' in kept && typeof kept.enabled === 'boolean';
}
