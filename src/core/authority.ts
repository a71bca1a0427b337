/** A certificate authority: a key in the vault, a history of CA certificates, and a state. */
import type { AccountId, AuthorityId, EpochMs, KeyId, Region } from './ids.ts';
import { Fault } from './fault.ts';
import type { KeyAlgorithm, SignatureAlgorithm } from './key.ts';
import { attributeOf, type DistinguishedName } from './name.ts';
import type { CustomExtension, KeyUsage } from './profile.ts';
import type { Validity } from './validity.ts';

export type AuthorityType = 'root' | 'subordinate';
export const usageModes = ['general', 'short-lived'] as const;
export type UsageMode = (typeof usageModes)[number];
/** The longest life of what a `short-lived` authority signs. */
export const shortLivedLimitMs = 7 * 86_400_000;

/** What is stored. `expired` is not among them: it follows from the clock, see `statusOf`. */
export type AuthorityState =
  /** Its key is being made; `csrExtensions` go into the CSR then. */
  | { readonly kind: 'creating'; readonly csrExtensions: readonly CustomExtension[] }
  /** Has a key and a CSR, waits for its certificate. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'active' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'failed'; readonly reason: CreationFailure }
  | {
      readonly kind: 'deleted';
      readonly before: 'pending' | 'disabled' | 'expired';
      readonly restorableUntil: EpochMs;
    };

/** Why an authority never came to be. */
export type CreationFailure = 'timed-out' | 'unsupported-algorithm' | 'other';

export type AuthorityStatus = AuthorityState['kind'] | 'expired';

/** A certificate of an authority's own, with the chain above it: issuer first, root last; empty for a root. */
export interface AuthorityCertificate {
  readonly der: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** Lower-case hexadecimal without leading zero octets; any length up to 40 digits when signed elsewhere. */
  readonly serial: string;
  readonly validity: Validity;
  readonly subject: DistinguishedName;
  /** Absent when signed outside this house. */
  readonly issuer?: AuthorityId;
  /** The path length that the certificate allows below it; absent means without limit. */
  readonly pathLength?: number;
}

export interface Authority {
  readonly id: AuthorityId;
  readonly account: AccountId;
  readonly region: Region;
  readonly type: AuthorityType;
  readonly state: AuthorityState;
  readonly subject: DistinguishedName;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Signs the authority's own CSR, CRL and OCSP answers; a certificate's algorithm comes with its request. */
  readonly signatureAlgorithm: SignatureAlgorithm;
  /**
   * Absent for an intermediate whose key its owner keeps: known here, issues nothing here. While `creating`, and when
   * that failed, the id is given and the vault has no such key.
   */
  readonly key?: KeyId;
  /** PKCS#10, DER; empty until the key is made. */
  readonly csr: Uint8Array;
  readonly keyUsages: readonly KeyUsage[];
  readonly usageMode: UsageMode;
  /** The certificate in force; absent while pending. */
  readonly certificate?: AuthorityCertificate;
  readonly createdAt: EpochMs;
  readonly changedAt: EpochMs;
  /** Absent: neither CRL nor OCSP. */
  readonly revocation?: RevocationSettings;
  /** What only one vendor's API speaks of (key storage standard, revocation configuration, enterprise project …). */
  readonly vendor: AuthorityVendorFields;
  /** Counts every change; a certificate is committed only if it was signed under the current version. */
  readonly version: number;
}

/**
 * What its certificates tell relying parties to ask about revocation; a part that is absent is off. Changes count for
 * what is issued after them.
 */
export interface RevocationSettings {
  readonly crl?: {
    /** One list of everything, or a list for each short time of issuing. */
    readonly kind: 'complete' | 'partitioned';
    /** Certificates do not name it. */
    readonly isUnnamed?: true;
    /** A host of the operator's own in place of this server's address, perhaps with a path. */
    readonly host?: string;
    /** Below that host, without slashes at the ends; `/` for none. */
    readonly path?: string;
  };
  readonly ocsp?: { readonly host?: string };
}

/** Kept as each vendor's API gave it; nothing in the core reads these. */
export interface AuthorityVendorFields {
  readonly aws?: {
    readonly keyStorageStandard?: string;
    readonly revocationConfiguration?: unknown;
    readonly csrExtensions?: unknown;
    readonly subject?: unknown;
  };
  readonly huawei?: {
    readonly enterpriseProject?: string;
    readonly crlConfiguration?: unknown;
    readonly pathLength?: number;
  };
}

/** The status now: an active or disabled authority whose certificate has ended is expired. */
export function statusOf(authority: Authority, now: EpochMs): AuthorityStatus {
  const { state, certificate } = authority;
  const ends = state.kind === 'active' || state.kind === 'disabled';
  return ends && certificate !== undefined && certificate.validity.notAfter < now ? 'expired' : state.kind;
}

/** Whether the restore period of a deleted authority is over: it is gone then, even where its row is still there. */
export function isGone({ state }: Pick<Authority, 'state'>, now: EpochMs): boolean {
  return state.kind === 'deleted' && state.restorableUntil <= now;
}

/** An authority that may sign, with what signing needs. */
export interface IssuingAuthority extends Authority {
  readonly key: KeyId;
  readonly certificate: AuthorityCertificate;
}

/** Throws Fault `wrong-state` unless the authority is active, in time, and its key is held here. */
export function assertIssuing(authority: Authority, now: EpochMs): asserts authority is IssuingAuthority {
  const status = statusOf(authority, now);
  if (authority.key === undefined) {
    throw new Fault(
      'wrong-state',
      `the key of authority ${authority.id} is held by its owner, it issues nothing here`,
      {
        what: 'authority',
        id: authority.id,
        reason: 'no-key',
      },
    );
  }
  if (status !== 'active' || authority.certificate === undefined) {
    throw new Fault('wrong-state', `authority ${authority.id} is ${status}, only an active one issues certificates`, {
      what: 'authority',
      id: authority.id,
      reason: status,
    });
  }
}

/** What lists sort and search by. */
export function commonNameOf(name: DistinguishedName): string {
  return attributeOf(name, 'CN') ?? '';
}
