/** What tests of services ask for, each a plain wish to change a part of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Caller } from '../../src/core/account.ts';
import type { Authority } from '../../src/core/authority.ts';
import type { AuthorityId, SerialNumber } from '../../src/core/ids.ts';
import type { DistinguishedName } from '../../src/core/name.ts';
import type { Profile } from '../../src/core/profile.ts';
import { certificateId, keyId } from '../../src/core/ids.ts';
import type { Certification } from '../../src/services/certify-authority.ts';
import { type AuthorityWish, createAuthority } from '../../src/services/create-authority.ts';
import { findAuthority } from '../../src/services/find-authority.ts';
import type { IssueWish } from '../../src/services/issue-certificate.ts';
import type { RequestWish } from '../../src/services/request-certificate.ts';
import type { Term } from '../../src/services/term.ts';
import type { World } from '../../src/services/world.ts';

export const named = (commonName: string): DistinguishedName => [[{ type: '2.5.4.3', value: commonName }]];

export const term = (unit: 'hours' | 'days' | 'months' | 'years', count: number, more: Partial<Term> = {}): Term => ({
  wish: { unit, count },
  backdateMs: 3_600_000,
  ...more,
});

const usages = ['digitalSignature', 'keyCertSign', 'cRLSign'] as const;

/** A root signs itself for ten years; with an issuer it is a subordinate's certificate of five. */
export function certification(more: Partial<Certification> = {}): Certification {
  const years = more.issuer === undefined ? 10 : 5;
  return { signatureAlgorithm: 'SHA256-ECDSA', term: term('years', years), keyUsages: usages, ...more };
}

/** A pending P-256 root unless told otherwise. */
export function authorityWish(more: Partial<AuthorityWish> = {}): AuthorityWish {
  return {
    type: 'root',
    subject: named('Test Authority'),
    keyAlgorithm: 'P-256',
    signatureAlgorithm: 'SHA256-ECDSA',
    keyUsages: usages,
    csrExtensions: [],
    usageMode: 'general',
    vendor: {},
    tags: [],
    ...more,
  };
}

/** An active root. */
export async function aRoot(world: World, caller: Caller, more: Partial<AuthorityWish> = {}): Promise<Authority> {
  const id = await createAuthority(world, caller, authorityWish({ sign: certification(), ...more }));
  return findAuthority(world, caller, id);
}

/** An active subordinate of five years. */
export async function aSubordinate(
  world: World,
  caller: Caller,
  issuer: AuthorityId,
  more: Partial<AuthorityWish> & { pathLength?: number } = {},
): Promise<Authority> {
  const { pathLength = 0, ...wish } = more;
  const sign = certification({ issuer, pathLength });
  const subject = named('Test Subordinate');
  const id = await createAuthority(world, caller, authorityWish({ type: 'subordinate', subject, sign, ...wish }));
  return findAuthority(world, caller, id);
}

export async function pendingOne(world: World, caller: Caller, more: Partial<AuthorityWish> = {}): Promise<Authority> {
  return findAuthority(world, caller, await createAuthority(world, caller, authorityWish(more)));
}

export const leafProfile: Profile = {
  name: 'leaf',
  isSelfSigned: false,
  basicConstraints: { value: { isAuthority: false }, critical: false },
  keyUsage: { from: 'profile', value: ['digitalSignature'], critical: true },
  extendedKeyUsage: { from: 'profile', value: ['1.3.6.1.5.5.7.3.1'], critical: false },
  subjectAltName: { from: 'csr' },
  customExtensions: [],
};

export function authorityProfile(more: { pathLength?: number; isSelfSigned?: boolean } = {}): Profile {
  const { pathLength, isSelfSigned = false } = more;
  return {
    ...leafProfile,
    name: isSelfSigned ? 'root' : 'subordinate',
    isSelfSigned,
    basicConstraints: { value: { isAuthority: true, pathLength }, critical: true },
    keyUsage: { from: 'profile', value: usages, critical: true },
    extendedKeyUsage: { from: 'none' },
    subjectAltName: { from: 'none' },
  };
}

/** A file of test/vectors/csr, made by openssl. */
export function csrVector(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, '../vectors/csr', `${name}.pem`));
}

/** A leaf of 30 days for the CSR vector of P-256. */
export function issueWish(authority: AuthorityId, more: Partial<IssueWish> = {}): IssueWish {
  return {
    authority,
    csr: csrVector('p256'),
    profile: leafProfile,
    signatureAlgorithm: 'SHA256-ECDSA',
    term: term('days', 30),
    ...more,
  };
}

/** A managed certificate of 30 days with a P-256 key. */
export function requestWish(authority: AuthorityId, more: Partial<RequestWish> = {}): RequestWish {
  const names = [{ kind: 'dns', value: 'www.example.com' }] as const;
  return {
    authority,
    keyAlgorithm: 'P-256',
    subject: named('www.example.com'),
    domain: 'www.example.com',
    profile: { ...leafProfile, subjectAltName: { from: 'profile', value: names, critical: false } },
    term: term('days', 30),
    refusesShortLived: false,
    whenRefused: 'throw',
    name: 'shop',
    tags: [],
    vendor: {},
    ...more,
  };
}

export const noSuch = {
  authority: '00000000-0000-4000-8000-000000000000' as AuthorityId, // of the shape that the brand checks
  certificate: certificateId('00000000-0000-4000-8000-000000000000'),
  key: keyId('00000000-0000-4000-8000-000000000000'),
  serial: '4'.padEnd(32, '0') as SerialNumber, // of the shape that the brand checks
};

/** The rows of an account: what must not have grown when something was refused. */
export async function rowsOf({ store }: World, { account, region }: Caller) {
  const authorities = await store.authorities.page(account, { limit: 1000, now: 0 });
  const managed = await store.managed.page(account, { region, descending: false, limit: 1000, now: 0 });
  return {
    issued: await store.issued.count(account),
    authorities: authorities.items.length,
    managed: managed.items.length,
  };
}
