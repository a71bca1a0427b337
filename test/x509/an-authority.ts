/** Builders of authorities, CSRs and requests for the tests of x509: real keys, real signatures. */
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { IssuanceRequest, SignedCertificate } from '../../src/core/issuance.ts';
import { keyId } from '../../src/core/ids.ts';
import type { MlDsaAlgorithm, SignatureAlgorithm } from '../../src/core/key.ts';
import type { DistinguishedName, GeneralName } from '../../src/core/name.ts';
import type { Profile } from '../../src/core/profile.ts';
import { signWith } from '../../src/x509/algorithms/signature.ts';
import { bitString, explicit, integer, oid, sequence, sequenceOf, set } from '../../src/x509/der/writer.ts';
import { type Extension, writeExtension } from '../../src/x509/extensions/extension.ts';
import { subjectAltName } from '../../src/x509/extensions/subject-alt-name.ts';
import { signatureAlgorithmDer } from '../../src/x509/algorithms/signature-algorithm.ts';
import { prepare } from '../../src/x509/issuance/prepare.ts';
import { signPrepared } from '../../src/x509/issuance/seal.ts';
import { writeName } from '../../src/x509/names/write-name.ts';
import { oids } from '../../src/x509/oids.ts';

export interface TestKey {
  readonly privateKey: KeyObject;
  readonly spki: Uint8Array;
}

export const now = Date.UTC(2030, 0, 1);
export const day = 86_400_000;
export const noPointers = { crl: [], ocsp: [], caIssuers: [] };

export function aKey(kind: 'P-256' | 'P-384' | 'P-521' | 'RSA-2048' | MlDsaAlgorithm = 'P-256'): TestKey {
  const { privateKey, publicKey } = pair(kind);
  return { privateKey, spki: Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' })) };
}

function pair(kind: NonNullable<Parameters<typeof aKey>[0]>) {
  switch (kind) {
    case 'RSA-2048':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'ML-DSA-44':
      return generateKeyPairSync('ml-dsa-44');
    case 'ML-DSA-65':
      return generateKeyPairSync('ml-dsa-65');
    case 'ML-DSA-87':
      return generateKeyPairSync('ml-dsa-87');
    default:
      return generateKeyPairSync('ec', { namedCurve: kind });
  }
}

export function named(commonName: string): DistinguishedName {
  return [[{ type: '2.5.4.6', value: 'AU' }], [{ type: '2.5.4.3', value: commonName }]];
}

export function authorityProfile(pathLength?: number, isSelfSigned = pathLength === undefined): Profile {
  return {
    name: 'authority',
    isSelfSigned,
    basicConstraints: {
      value: pathLength === undefined ? { isAuthority: true } : { isAuthority: true, pathLength },
      critical: true,
    },
    keyUsage: { from: 'profile', value: ['digitalSignature', 'keyCertSign', 'cRLSign'], critical: true },
    extendedKeyUsage: { from: 'none' },
    subjectAltName: { from: 'none' },
    customExtensions: [],
  };
}

export const leafProfile: Profile = {
  name: 'leaf',
  isSelfSigned: false,
  basicConstraints: { value: { isAuthority: false }, critical: false },
  keyUsage: { from: 'profile', value: ['digitalSignature', 'keyEncipherment'], critical: true },
  extendedKeyUsage: { from: 'profile', value: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'], critical: false },
  subjectAltName: { from: 'csr' },
  customExtensions: [],
};

/** A CSR as anybody may write it: nothing is checked here. */
export function aCsr(
  key: TestKey,
  subject: DistinguishedName,
  names: readonly GeneralName[] = [],
  extensions: readonly Extension[] = [],
  algorithm: SignatureAlgorithm = 'SHA256-ECDSA',
): Uint8Array {
  const all = [...extensions];
  if (names.length > 0) all.push({ oid: oids.subjectAltName, critical: false, value: subjectAltName.encode(names) });
  const request = sequence(oid(oids.extensionRequest), set(sequenceOf(all.map(writeExtension))));
  const info = sequence(integer(0), writeName(subject), key.spki, explicit(0, ...(all.length > 0 ? [request] : [])));
  return sequence(info, signatureAlgorithmDer(algorithm), bitString(signWith(algorithm, key.privateKey, info)));
}

export interface TestAuthority {
  readonly key: TestKey;
  readonly id: IssuanceRequest['issuer']['key'];
  readonly der: Uint8Array;
}

/** The request that `issue` makes, for a leaf of `subject` valid for a day. */
export function aRequest(
  issuer: TestAuthority | undefined,
  csr: Uint8Array,
  changes: Partial<IssuanceRequest> = {},
): IssuanceRequest {
  return {
    issuer: { key: issuer?.id ?? keyId(crypto.randomUUID()), certificate: issuer?.der ?? 'self' },
    subject: { from: 'csr', csr },
    profile: leafProfile,
    signatureAlgorithm: 'SHA256-ECDSA',
    validity: { notBefore: now, notAfter: now + day },
    now,
    pointers: noPointers,
    ...changes,
  };
}

export function issue(request: IssuanceRequest, signer: TestKey): SignedCertificate {
  const prepared = prepare(request, randomBytes(10), signer.spki);
  return signPrepared(prepared, (algorithm, octets) => signWith(algorithm, signer.privateKey, octets));
}

export function aRoot(
  changes: Partial<IssuanceRequest> = {},
  key = aKey(),
  algorithm: SignatureAlgorithm = 'SHA256-ECDSA',
): TestAuthority {
  const csr = aCsr(key, named('root'), [], [], algorithm);
  const validity = { notBefore: now - day, notAfter: now + 3650 * day };
  const request = aRequest(undefined, csr, {
    profile: authorityProfile(),
    validity,
    signatureAlgorithm: algorithm,
    ...changes,
  });
  return { key, id: keyId(crypto.randomUUID()), der: issue(request, key).der };
}

export function aSubordinate(
  issuer: TestAuthority,
  pathLength: number,
  name = 'subordinate',
  custom: Profile['customExtensions'] = [],
): TestAuthority {
  const key = aKey();
  const profile = { ...authorityProfile(pathLength, false), customExtensions: custom };
  const validity = { notBefore: now, notAfter: now + 1000 * day };
  const request = aRequest(issuer, aCsr(key, named(name)), { profile, validity });
  return { key, id: keyId(crypto.randomUUID()), der: issue(request, issuer.key).der };
}

/** For `assert.throws`: a Fault of this kind and reason. */
export function fault(kind: string, reason?: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof Error &&
    error.name === 'Fault' &&
    'kind' in error &&
    error.kind === kind &&
    (reason === undefined || ('subject' in error && (error.subject as { reason?: string }).reason === reason)); // a Fault has one
}
