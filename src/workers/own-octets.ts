/**
 * Octets on their way into a message. A message carries the whole memory behind a view, so a view of a shared pool
 * (Node's Buffers) would take along up to 64 KB of what others put there.
 */
import type { CsrRequest, IssuanceRequest } from '../core/issuance.ts';
import type { SealedKey } from '../core/key.ts';
import type { CustomExtension } from '../core/profile.ts';

/** The same octets in memory of their own; a copy only where it is needed. */
export function ownOctets(octets: Uint8Array): Uint8Array {
  return octets.byteLength === octets.buffer.byteLength ? octets : new Uint8Array(octets);
}

export function ownIssuance(request: IssuanceRequest): IssuanceRequest {
  const { issuer, subject, profile } = request;
  const { certificate, above } = issuer;
  return {
    ...request,
    issuer: {
      ...issuer,
      certificate: certificate === 'self' ? certificate : ownOctets(certificate),
      ...(above && { above: above.map((one) => ({ ...one, certificate: ownOctets(one.certificate) })) }),
    },
    subject:
      subject.from === 'csr'
        ? { ...subject, csr: ownOctets(subject.csr) }
        : { ...subject, publicKey: ownOctets(subject.publicKey) },
    profile: {
      ...profile,
      customExtensions: profile.customExtensions.map(ownExtension),
      ...(profile.offeredExtensions && { offeredExtensions: profile.offeredExtensions.map(ownExtension) }),
    },
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
