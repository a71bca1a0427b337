/** A request to sign, as plain data: it crosses a thread, so it holds nothing that a message would lose. */
import type { EpochMs, KeyId, SerialNumber } from './ids.ts';
import type { SignatureAlgorithm, SubjectKeyAlgorithm } from './key.ts';
import type { DistinguishedName } from './name.ts';
import type { Profile } from './profile.ts';
import type { Validity } from './validity.ts';

export interface IssuanceRequest {
  /** The vault's key that signs, and the certificate that names it; `self` for a root's own certificate. */
  readonly issuer: {
    readonly key: KeyId;
    readonly certificate: Uint8Array | 'self';
    /** Certificates above the issuer's that limit what stands below them; absent when none does. */
    readonly above?: readonly LimitingCertificate[];
  };
  /**
   * What is certified: a CSR (DER or PEM, checked by the signer, its subject bytes copied unchanged unless
   * `subject` is given), or a public key of ours with a subject.
   */
  readonly subject:
    | { readonly from: 'csr'; readonly csr: Uint8Array; readonly subject?: DistinguishedName }
    | { readonly from: 'key'; readonly publicKey: Uint8Array; readonly subject: DistinguishedName };
  readonly profile: Profile;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** Already resolved, in milliseconds; must lie within the issuer's (notAfter is checked, notBefore is not). */
  readonly validity: Validity;
  /** The moment of issuing: goes into the serial number. */
  readonly now: EpochMs;
  /** What the certificate points to; fixed in the issued row. Never set for a self-signed profile. */
  readonly pointers: Pointers;
}

/** A certificate above an issuer, DER, with how many authorities stand below it down to the issuer: 1 for its own issuer. */
export interface LimitingCertificate {
  readonly certificate: Uint8Array;
  readonly distance: number;
}

/** URLs under which relying parties fetch what belongs to the issuer. */
export interface Pointers {
  readonly caIssuers: readonly string[];
  readonly ocsp: readonly string[];
  readonly crl: readonly string[];
}

/** Of a self-signed certificate: nobody stands above it. */
export const noPointers: Pointers = { caIssuers: [], ocsp: [], crl: [] };

/** What the signer made: the bytes and the facts that the store keeps about them. */
export interface SignedCertificate {
  readonly der: Uint8Array;
  readonly serial: SerialNumber;
  readonly validity: Validity;
  readonly subject: DistinguishedName;
  readonly keyAlgorithm: SubjectKeyAlgorithm;
  readonly signatureAlgorithm: SignatureAlgorithm;
}

/** A certificate signing request for an authority's own key. */
export interface CsrRequest {
  readonly key: KeyId;
  readonly publicKey: Uint8Array;
  readonly subject: DistinguishedName;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** Put into the extension request: CA:TRUE critical and these usages critical. */
  readonly profile: Pick<Profile, 'basicConstraints' | 'keyUsage' | 'customExtensions'>;
}
