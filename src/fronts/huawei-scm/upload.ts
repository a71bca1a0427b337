/** What an upload must look like before its parts are read: each defect has a code of its own. */
import { isIP } from 'node:net';
import { optional, secretText, text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { commonNameOf } from '../../core/authority.ts';
import { type Certificate, readCertificatesPem } from '../../x509/certificate.ts';
import { refused } from './refusals.ts';

/** Longer than any real chain of RSA-4096 certificates. The reference's 4,096 and 8,192 are too short for those. */
const longest = 65_536;

export const certificateName = decoded(text(), (given) => {
  if (!/^[A-Za-z0-9_.-]{3,63}$/.test(given)) throw refused('SCM.0032');
  return given;
});

/** A leaf, with its chain behind it or alone. */
export const certificatePem = decoded(text({ max: longest }), (given) => {
  if (given.trim() === '') throw refused('SCM.0054');
  if (!/^\s*-----BEGIN CERTIFICATE-----[^]*-----END CERTIFICATE-----\s*$/.test(given)) throw refused('SCM.0053');
  return given;
});

export const chainPem = optional(decoded(text({ max: longest }), (given) => (given.trim() === '' ? undefined : given)));

/** Octets of an unencrypted key in PEM. */
export const privateKeyPem = decoded(secretText({ max: longest }), (octets) => {
  const head = Buffer.from(octets.subarray(0, 64)).toString('latin1');
  const tail = Buffer.from(octets.subarray(-64)).toString('latin1');
  const isFramed =
    /^\s*-----BEGIN [A-Z ]*(PRIVATE KEY|EC PARAMETERS)-----/.test(head) &&
    /-----END [A-Z ]*PRIVATE KEY-----\s*$/.test(tail);
  if (isFramed) return octets;
  const isEmpty = octets.every((octet) => octet <= 0x20);
  octets.fill(0);
  throw refused(isEmpty ? 'SCM.0059' : 'SCM.0114');
});

/**
 * Refuses what SCM does not take although it is a certificate: one of an ML-DSA key, one without its issuer's certificate,
 * and one whose common name is no DNS name or IP address. Throws Fault `malformed` too.
 */
export function assertUploadable(certificate: string, chain: string | undefined): void {
  const given = readCertificatesPem(certificate, 'certificate');
  const above = chain === undefined ? given.slice(1) : readCertificatesPem(chain);
  const [leaf] = given;
  if (leaf === undefined) throw refused('SCM.0031');
  // The reference lists RSA, ECC and SM2.
  if (leaf.publicKey.parts?.kind === 'ML-DSA') throw refused('SCM.0010');
  assertDomain(leaf);
  if (above.length === 0) throw refused('SCM.0013');
}

function assertDomain({ subject, subjectAltNames }: Certificate): void {
  const commonName = commonNameOf(subject);
  const isNamed = subjectAltNames.some(({ kind }) => kind === 'dns' || kind === 'ip');
  if (commonName === '' && !isNamed) throw refused('SCM.0009');
  if (commonName !== '' && isIP(commonName) === 0 && !dnsName.test(commonName)) throw refused('SCM.0070');
}

const label = '[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
const dnsName = new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`);
