/** Roots and requests for the signer's tests: as small as the signer needs them. */
import { execFileSync } from 'node:child_process';
import { endOfTime } from '../../src/core/validity.ts';
import type { AccountId } from '../../src/core/ids.ts';
import { type IssuanceRequest, noPointers, type SignedCertificate } from '../../src/core/issuance.ts';
import type { SealedKey, SignatureAlgorithm } from '../../src/core/key.ts';
import type { DistinguishedName } from '../../src/core/name.ts';
import type { KeyVault, Signer } from '../../src/core/ports.ts';
import type { Profile } from '../../src/core/profile.ts';

export const now = Date.now();
const hour = 3_600_000;
const second = (ms: number) => Math.floor(ms / 1000) * 1000;

export const named = (commonName: string): DistinguishedName => [[{ type: '2.5.4.3', value: commonName }]];

export const rootProfile: Profile = {
  name: 'RootCACertificate/V1',
  isSelfSigned: true,
  basicConstraints: { value: { isAuthority: true }, critical: true },
  keyUsage: { from: 'profile', value: ['digitalSignature', 'keyCertSign', 'cRLSign'], critical: true },
  extendedKeyUsage: { from: 'none' },
  subjectAltName: { from: 'none' },
  customExtensions: [],
};

export const leafProfile: Profile = {
  ...rootProfile,
  name: 'EndEntityCertificate/V1',
  isSelfSigned: false,
  basicConstraints: { value: { isAuthority: false }, critical: true },
  keyUsage: { from: 'profile', value: ['digitalSignature', 'keyEncipherment'], critical: true },
  extendedKeyUsage: { from: 'profile', value: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'], critical: false },
  subjectAltName: { from: 'csr' },
};

export interface Root {
  readonly account: AccountId;
  readonly key: SealedKey;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly csr: Uint8Array;
  readonly certificate: SignedCertificate;
}

/** A root made in one step, as a service does it: key, CSR and certificate before anything is stored. */
export async function aRoot(
  { vault, signer }: { vault: KeyVault; signer: Signer },
  account: AccountId,
  algorithm: SealedKey['algorithm'],
  signatureAlgorithm: SignatureAlgorithm,
): Promise<Root> {
  const key = await vault.generate(account, algorithm);
  const subject = named(`Test root ${algorithm} ${signatureAlgorithm}`);
  const { publicKey } = key;
  const csr = await signer.signCsr(
    account,
    { key: key.id, publicKey, subject, signatureAlgorithm, profile: rootProfile },
    key,
  );
  const certificate = await signer.issueWith(account, key, {
    issuer: { key: key.id, certificate: 'self' },
    subject: { from: 'csr', csr },
    profile: rootProfile,
    signatureAlgorithm,
    validity: { notBefore: second(now - hour), notAfter: Math.min(endOfTime, second(now + 1000 * hour)) },
    now,
    pointers: noPointers,
  });
  return { account, key, signatureAlgorithm, csr, certificate };
}

export function leafRequest(root: Root, csr: Uint8Array): IssuanceRequest {
  return {
    issuer: { key: root.key.id, certificate: root.certificate.der },
    subject: { from: 'csr', csr },
    profile: leafProfile,
    signatureAlgorithm: root.signatureAlgorithm,
    validity: { notBefore: second(now - hour), notAfter: second(now + 24 * hour) },
    now,
    pointers: noPointers,
  };
}

/** A CSR for a new P-256 key with one DNS name, made by openssl. */
export function opensslCsr(openssl: string, name: string): Uint8Array {
  const args = [
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    '/dev/null',
  ];
  const more = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-outform', 'DER'];
  return execFileSync(openssl, [...args, ...more], { stdio: ['ignore', 'pipe', 'ignore'] });
}
