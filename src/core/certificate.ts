/**
 * The two nouns of a certificate.
 *
 * An *issued certificate* is append-only: what an authority of this house signed, and for whom. One thing may
 * be added to it, once: that it is revoked.
 * A *managed certificate* is what a user names, tags, renews and exports: it has a history of bodies,
 * issued here or imported.
 */
import type { Asker } from './account.ts';
import type { AccountId, AuthorityId, CertificateId, EpochMs, KeyId, Region, ScmId, SerialNumber } from './ids.ts';
import type { KeyAlgorithm, SignatureAlgorithm, SubjectKeyAlgorithm } from './key.ts';
import type { DistinguishedName } from './name.ts';
import type { Revocation } from './revocation.ts';
import type { Validity } from './validity.ts';

export interface IssuedCertificate {
  readonly account: AccountId;
  readonly authority: AuthorityId;
  readonly serial: SerialNumber;
  readonly validity: Validity;
  readonly commonName: string;
  readonly keyAlgorithm: SubjectKeyAlgorithm;
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly issuedAt: EpochMs;
  readonly asker: Asker;
  /** The profile's name. */
  readonly template: string;
  /** It carries CA:TRUE: Huawei's list of certificates leaves it out. */
  readonly isAuthority: boolean;
  /** The URL of its CRL, where it names one of ours: kept, because the settings may change and it cannot. */
  readonly crl?: string;
  /** The managed certificate that it is a body of; absent when it was issued from a CSR. */
  readonly managed?: CertificateId;
  /** Absent while it is not revoked; never taken back. */
  readonly revocation?: Revocation;
  readonly der: Uint8Array;
}

/** One body of a managed certificate. */
export interface CertificateBody {
  readonly der: Uint8Array;
  /** Issuer first, root last; empty for a self-signed one or when the importer gave none. */
  readonly chain: readonly Uint8Array[];
  readonly serial: string;
  readonly validity: Validity;
  readonly subject: DistinguishedName;
  /** DNS names of the subject alternative name, in order. */
  readonly dnsNames: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  /** As the certificate says it, also when it is none of ours (`SHA1-RSA`). */
  readonly signatureAlgorithm: string;
}

/** Where a managed certificate comes from: `issued` has its key here, `imported` came with its key. */
export type CertificateOrigin = 'issued' | 'imported';

export type ManagedState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'issued' }
  /** `reason` is the vendor-neutral word: `authority-state`, `validity`, `denied`, `not-found`, `other`. */
  | { readonly kind: 'failed'; readonly reason: string };

export type ManagedStatus = ManagedState['kind'] | 'expired';

export interface ManagedCertificate {
  readonly id: CertificateId;
  /** Given to every imported certificate. */
  readonly scm?: ScmId;
  readonly account: AccountId;
  readonly region: Region;
  readonly origin: CertificateOrigin;
  readonly state: ManagedState;
  /** Free name (SCM) or empty. */
  readonly name: string;
  /** The main name: the first that was asked for, or the common name of an import. */
  readonly domain?: string;
  readonly authority?: AuthorityId;
  /** The authority's owner, when that is another account: the authority was shared. */
  readonly authorityAccount?: AccountId;
  readonly key: KeyId;
  readonly keyAlgorithm: KeyAlgorithm;
  /** The body in force; absent while pending or failed. */
  readonly body?: CertificateBody;
  /** When its key was last given out; absent when never. */
  readonly exportedAt?: EpochMs;
  readonly createdAt: EpochMs;
  readonly issuedAt?: EpochMs;
  readonly importedAt?: EpochMs;
  readonly changedAt: EpochMs;
  readonly asker: Asker;
  /** What only one vendor's API speaks of. */
  readonly vendor: {
    readonly aws?: { readonly names?: readonly string[]; readonly options?: unknown };
    readonly huawei?: { readonly enterpriseProject?: string; readonly description?: string };
  };
  readonly version: number;
}

export function managedStatusOf(certificate: ManagedCertificate, now: EpochMs): ManagedStatus {
  const { state, body } = certificate;
  return state.kind === 'issued' && body !== undefined && body.validity.notAfter < now ? 'expired' : state.kind;
}

export type IssuedStatus = 'issued' | 'expired' | 'revoked';

/** The status now: what was revoked stays so when it has ended. */
export function issuedStatusOf(
  { validity, revocation }: Pick<IssuedCertificate, 'validity' | 'revocation'>,
  now: EpochMs,
): IssuedStatus {
  if (revocation !== undefined) return 'revoked';
  return validity.notAfter < now ? 'expired' : 'issued';
}
