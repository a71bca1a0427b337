import { isIP } from 'node:net';
import type { ManagedCertificate } from '../../core/certificate.ts';

/** What the service shows as names: the main one, and all with the main one among them. */
export interface DomainNames {
  /** Absent for a certificate without any, for example an import for an IP address. */
  readonly main?: string;
  readonly all: readonly string[];
}

/**
 * The domain names of a certificate: of its subject alternative name in their order, of the request before there is a
 * certificate. A common name that is a domain name counts, and stands in front when no alternative name repeats it.
 */
export function domainNamesOf({ domain, body, vendor }: ManagedCertificate): DomainNames {
  const names = body?.dnsNames ?? vendor.aws?.names ?? [];
  const main = domain !== undefined && isDomainName(domain) ? domain : names[0];
  if (main === undefined) return { all: [] };
  return { main, all: names.includes(main) ? names : [main, ...names] };
}

/** Not an address, and not the name of a person: both may be a common name. */
export function isDomainName(name: string): boolean {
  return isIP(name) === 0 && /^(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name);
}
