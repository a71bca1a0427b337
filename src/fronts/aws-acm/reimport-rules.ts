/** What a new body must keep of the import that it replaces. User guide, "Reimport a certificate". */
import { commonNameOf } from '../../core/authority.ts';
import type { ManagedCertificate } from '../../core/certificate.ts';
import { extendedKeyUsages } from '../../core/profile.ts';
import { Refusal } from '../../wire/refusal.ts';
import { type Certificate, readCertificate } from '../../x509/certificate.ts';
import { domainNamesOf, isDomainName } from './domain-names.ts';
import { sentences } from './import-sentences.ts';
import { usagesIn } from './usages.ts';

/**
 * Domain names may change but not all go, the key keeps its type and size, and of a usage extension values may come
 * but none go; a usage extension that was not there does not come. Refusal `ValidationException`.
 */
export function assertReimportable(certificate: Certificate, over: ManagedCertificate): void {
  if (over.origin !== 'imported' || over.body === undefined) return; // importCertificate refuses it
  const before = readCertificate(over.body.der);
  if (certificate.keyAlgorithm !== over.keyAlgorithm) throw refused(sentences.otherKey);
  const known = new Set(before.extensions.map(({ oid }) => oid));
  const isNew = ({ oid }: { oid: string }) => usageExtensions.includes(oid) && !known.has(oid);
  if (certificate.extensions.some(isNew)) throw refused(sentences.newUsage);
  if (losesUsages(before, certificate)) throw refused(sentences.lostUsage);
  if (domainNamesOf(over).main !== undefined && !hasDomainName(certificate)) throw refused(sentences.noDomain);
}

/** Key usage and extended key usage, RFC 5280 §4.2.1.3 and §4.2.1.12. */
const usageExtensions: readonly string[] = ['2.5.29.15', '2.5.29.37'];

/** Two may go: client authentication, and keyEncipherment of an EC key (RFC 8813 §3). */
function losesUsages(before: Certificate, after: Certificate): boolean {
  const [old, now] = [usagesIn(before), usagesIn(after)];
  const mayGo = after.publicKey.parts?.kind === 'EC' ? 'KEY_ENCIPHERMENT' : undefined;
  const purposes = new Set(now.extendedKeyUsages.map(({ oid }) => oid));
  return (
    old.keyUsages.some((usage) => usage !== mayGo && !now.keyUsages.includes(usage)) ||
    old.extendedKeyUsages.some(({ oid }) => oid !== extendedKeyUsages.clientAuth && !purposes.has(oid))
  );
}

function hasDomainName({ subject, subjectAltNames }: Certificate): boolean {
  return subjectAltNames.some(({ kind }) => kind === 'dns') || isDomainName(commonNameOf(subject));
}

function refused(sentence: string): Refusal {
  return new Refusal('ValidationException', sentence);
}
