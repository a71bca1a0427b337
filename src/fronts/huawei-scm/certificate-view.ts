/** An imported certificate in the words of SCM: what the list and the detail share, and what each adds. */
import { createHash } from 'node:crypto';
import type { Caller } from '../../core/account.ts';
import type { CertificateBody, ManagedCertificate } from '../../core/certificate.ts';
import type { EpochMs } from '../../core/ids.ts';
import type { Validity } from '../../core/validity.ts';
import { defaultEnterpriseProject } from './enterprise-project.ts';

/** A row of ListCertificates. */
export function rowView(certificate: ManagedCertificate, { domain }: Pick<Caller, 'domain'>, now: EpochMs): object {
  const { body } = certificate;
  return {
    ...sharedView(certificate, now),
    deploy_support: false,
    expire_time: body === undefined ? null : timeText(body.validity.notAfter),
    domain_id: domain,
  };
}

/** ShowCertificate. The algorithm is there in both spellings: SDKs read the one, Terraform the other. */
export function detailView(certificate: ManagedCertificate, now: EpochMs): object {
  const { body } = certificate;
  const shared = sharedView(certificate, now);
  return {
    ...shared,
    order_id: '',
    push_support: 'OFF',
    revoke_reason: '',
    signature_algrithm: shared.signature_algorithm,
    issue_time: body === undefined ? null : timeText(body.validity.notBefore),
    not_before: body === undefined ? null : timeText(body.validity.notBefore),
    not_after: body === undefined ? null : timeText(body.validity.notAfter),
    validation_method: '',
    multi_domain_type: multiDomainType(certificate),
    fingerprint: body === undefined ? null : createHash('sha1').update(body.der).digest('hex'),
    shared: false,
    application_info: null,
    authentification: [],
  };
}

function sharedView(certificate: ManagedCertificate, now: EpochMs) {
  const { scm, name, domain, body, vendor } = certificate;
  const names = namesOf(certificate);
  return {
    id: scm,
    // What ACM imports has no name.
    name: name === '' ? (scm ?? '') : name,
    status: statusOf(body, now),
    type: '',
    brand: '',
    domain: domain ?? '',
    sans: names.filter((one) => one !== domain).join(';'),
    signature_algorithm: body === undefined ? '' : signatureName(body),
    domain_type: names.length > 1 ? 'MULTI_DOMAIN' : isWildcard(names[0]) ? 'WILDCARD' : 'SINGLE_DOMAIN',
    validity_period: body === undefined ? 0 : monthsOf(body.validity),
    domain_count: names.length,
    wildcard_count: names.filter(isWildcard).length,
    description: vendor.huawei?.description ?? '',
    enterprise_project_id: vendor.huawei?.enterpriseProject ?? defaultEnterpriseProject,
  };
}

/** UPLOAD is what SCM calls a certificate that was made elsewhere, as long as it is in force. */
export function statusOf(body: CertificateBody | undefined, now: EpochMs): 'UPLOAD' | 'EXPIRED' {
  return body !== undefined && body.validity.notAfter < now ? 'EXPIRED' : 'UPLOAD';
}

/** The main name first, each once. */
function namesOf({ domain, body }: ManagedCertificate): readonly string[] {
  return [...new Set([...(domain === undefined ? [] : [domain]), ...(body?.dnsNames ?? [])])];
}

/** `SHA256WITHRSA`; what has no hash of its own (ML-DSA) keeps its name. */
function signatureName({ signatureAlgorithm }: CertificateBody): string {
  return signatureAlgorithm.replace(/^([A-Z]+[0-9]+)-/, '$1WITH');
}

function isWildcard(name: string | undefined): boolean {
  return name?.startsWith('*.') === true;
}

function multiDomainType(certificate: ManagedCertificate): string {
  const names = namesOf(certificate);
  if (names.length < 2) return '';
  return isWildcard(names[0]) ? 'primary_wildcard' : 'primary_single';
}

function monthsOf({ notBefore, notAfter }: Validity): number {
  return Math.round((notAfter - notBefore) / (86_400_000 * 30.44));
}

/** `2021-05-27 16:46:25.0`, in UTC. */
function timeText(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}.0`;
}
