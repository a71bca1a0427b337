/** Nouns for store tests: whole, plausible, each with a name of its own. Bytes stand for DER: the store reads none. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { AccessKey, Account } from '../../src/core/account.ts';
import type { Authority, AuthorityCertificate } from '../../src/core/authority.ts';
import type { CertificateBody, IssuedCertificate, ManagedCertificate } from '../../src/core/certificate.ts';
import type { IdempotencyClaim } from '../../src/core/idempotency.ts';
import {
  type AccountId,
  accessKeyId,
  accountId,
  authorityId,
  certificateId,
  domainId,
  keyId,
  region,
  scmId,
  type SerialNumber,
} from '../../src/core/ids.ts';
import type { SealedKey } from '../../src/core/key.ts';
import type { DistinguishedName } from '../../src/core/name.ts';
import { makeSerialNumber } from '../../src/core/serial-number.ts';

export const now = Date.UTC(2026, 10, 23);
export const day = 86_400_000;
export const home = region('eu-north-1');

let accounts = 100_000_000_000 + Math.floor(Math.random() * 800_000_000_000);
export const anAccountId = (): AccountId => accountId(String(++accounts));
export const octets = (count = 40): Uint8Array => new Uint8Array(randomBytes(count));
export const nameOf = (commonName: string): DistinguishedName => [[{ type: '2.5.4.3', value: commonName }]];
export const aSerial = (at = now): SerialNumber => makeSerialNumber(at, octets(10));

export function anAccount(id = anAccountId()): Account {
  const domain = domainId(randomBytes(16).toString('hex'));
  return { id, domain, name: `account ${id}`, suspended: false, createdAt: now };
}

export function anAccessKey(account: AccountId, more: Partial<AccessKey> = {}): AccessKey {
  const id = accessKeyId(`AKIA${randomBytes(8).toString('hex').toUpperCase()}`);
  const made = { id, account, userName: 'administrator', role: 'administrator', isOperator: false } as const;
  return { ...made, disabled: false, sealedSecret: octets(), createdAt: now, ...more };
}

export function aSealedKey(account: AccountId, more: Partial<SealedKey> = {}): SealedKey {
  const sealed = { publicKey: octets(), masterKeyVersion: 1, wrappedDataKey: octets(), sealedPrivateKey: octets(90) };
  return { id: keyId(randomUUID()), account, algorithm: 'P-256', ...sealed, ...more };
}

export function anAuthorityCertificate(more: Partial<AuthorityCertificate> = {}): AuthorityCertificate {
  const validity = { notBefore: now - day, notAfter: now + 3650 * day };
  return { der: octets(), chain: [], serial: aSerial(), validity, subject: nameOf('Root'), ...more };
}

export function anAuthority(account: AccountId, more: Partial<Authority> = {}): Authority {
  return {
    id: authorityId(randomUUID()),
    account,
    region: home,
    type: 'root',
    state: { kind: 'active' },
    subject: nameOf('Root'),
    keyAlgorithm: 'P-256',
    signatureAlgorithm: 'SHA256-ECDSA',
    key: keyId(randomUUID()),
    csr: octets(),
    keyUsages: ['keyCertSign', 'cRLSign'],
    usageMode: 'general',
    certificate: anAuthorityCertificate(),
    createdAt: now,
    changedAt: now,
    vendor: { aws: { csrExtensions: { value: octets(4), list: [1, 'two'] } }, huawei: { pathLength: 3 } },
    version: 1,
    ...more,
  };
}

export function pendingAuthority(account: AccountId, more: Partial<Authority> = {}): Authority {
  const { certificate: _none, ...authority } = anAuthority(account, { state: { kind: 'pending' }, ...more });
  return authority;
}

export function anIssued(authority: Authority, more: Partial<IssuedCertificate> = {}): IssuedCertificate {
  return {
    account: authority.account,
    authority: authority.id,
    serial: aSerial(),
    validity: { notBefore: now, notAfter: now + 90 * day },
    commonName: 'www.example.com',
    keyAlgorithm: 'P-256',
    signatureAlgorithm: 'SHA256-ECDSA',
    issuedAt: now,
    asker: { userName: 'administrator', front: 'aws-pca', operation: 'IssueCertificate', requestId: randomUUID() },
    template: 'EndEntityCertificate/V1',
    isAuthority: false,
    der: octets(600),
    ...more,
  };
}

export function aBody(more: Partial<CertificateBody> = {}): CertificateBody {
  return {
    der: octets(500),
    chain: [octets(300), octets(200)],
    serial: '0a1b2c',
    validity: { notBefore: now - day, notAfter: now + 90 * day },
    subject: nameOf('www.example.com'),
    dnsNames: ['www.example.com', 'example.com'],
    keyAlgorithm: 'P-256',
    signatureAlgorithm: 'SHA256-RSA',
    ...more,
  };
}

let scmIds = now;

/** An imported one, in force. */
export function aManaged(account: AccountId, more: Partial<ManagedCertificate> = {}): ManagedCertificate {
  return {
    id: certificateId(randomUUID()),
    scm: scmId(`scs${++scmIds}`),
    account,
    region: home,
    origin: 'imported',
    state: { kind: 'issued' },
    name: 'shop',
    domain: 'www.example.com',
    key: keyId(randomUUID()),
    keyAlgorithm: 'P-256',
    body: aBody(),
    createdAt: now,
    importedAt: now,
    changedAt: now,
    asker: { userName: 'administrator', front: 'huawei-scm', operation: 'ImportCertificate', requestId: randomUUID() },
    vendor: {},
    version: 1,
    ...more,
  };
}

export function aClaim(account: AccountId, result: string, more: Partial<IdempotencyClaim> = {}): IdempotencyClaim {
  const digest = 'ab'.repeat(32);
  return { account, scope: 'IssueCertificate', token: 'token', digest, expiresAt: now + day, result, now, ...more };
}
