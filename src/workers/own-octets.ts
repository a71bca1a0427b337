/**
 * Octets on their way into a message. A message carries the whole memory behind a view, so a view of a shared pool
 * (Node's Buffers) would take along up to 64 KB of what others put there.
 */
import type { CsrRequest, IssuanceRequest } from '../core/issuance.ts';
import type { SealedKey } from '../core/key.ts';
import type { CustomExtension, Profile } from '../core/profile.ts';

/** The same octets in memory of their own; a copy only where it is needed. */
export function ownOctets(octets: Uint8Array): Uint8Array {
  return isOwn(octets) ? octets : new Uint8Array(octets);
}

function isOwn(octets: Uint8Array): boolean {
  return octets.byteLength === octets.buffer.byteLength;
}

export function ownIssuance(request: IssuanceRequest): IssuanceRequest {
  return {
    ...request,
    issuer: ownIssuer(request.issuer),
    subject: ownSubject(request.subject),
    profile: ownProfile(request.profile),
  };
}

/** What is fine as it is stays the same object, so that the jobs of one message carry it once. */
function ownIssuer(issuer: IssuanceRequest['issuer']): IssuanceRequest['issuer'] {
  const { certificate, above } = issuer;
  if ((certificate === 'self' || isOwn(certificate)) && above === undefined) return issuer;
  return {
    ...issuer,
    certificate: certificate === 'self' ? certificate : ownOctets(certificate),
    ...(above && { above: above.map((one) => ({ ...one, certificate: ownOctets(one.certificate) })) }),
  };
}

function ownSubject(subject: IssuanceRequest['subject']): IssuanceRequest['subject'] {
  return subject.from === 'csr'
    ? { ...subject, csr: ownOctets(subject.csr) }
    : { ...subject, publicKey: ownOctets(subject.publicKey) };
}

/** See `ownIssuer`. */
function ownProfile(profile: Profile): Profile {
  const { customExtensions, offeredExtensions } = profile;
  if (customExtensions.length === 0 && offeredExtensions === undefined) return profile;
  return {
    ...profile,
    customExtensions: customExtensions.map(ownExtension),
    ...(offeredExtensions && { offeredExtensions: offeredExtensions.map(ownExtension) }),
  };
}

export function ownCsrRequest(request: CsrRequest): CsrRequest {
  const { publicKey, profile } = request;
  const customExtensions = profile.customExtensions.map(ownExtension);
  return { ...request, publicKey: ownOctets(publicKey), profile: { ...profile, customExtensions } };
}

export function ownSealedKey(key: SealedKey): SealedKey {
  const { publicKey, wrappedDataKey, sealedPrivateKey } = key;
  return {
    ...key,
    publicKey: ownOctets(publicKey),
    wrappedDataKey: ownOctets(wrappedDataKey),
    sealedPrivateKey: ownOctets(sealedPrivateKey),
  };
}

function ownExtension(extension: CustomExtension): CustomExtension {
  return { ...extension, value: ownOctets(extension.value) };
}
