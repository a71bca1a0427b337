/**
 * What a certificate of some kind looks like: a profile is the vendor-neutral form of an AWS template or of a
 * Huawei request. For each extension it says where the value comes from.
 */
import type { GeneralName } from './name.ts';

export const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
/** In the order of the bits of RFC 5280 §4.2.1.3: bit 0 first. */
export type KeyUsage = (typeof keyUsages)[number];

/** Extended key usages by the dotted object identifier. */
export const extendedKeyUsages = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  smartCardLogon: '1.3.6.1.4.1.311.20.2.2',
  documentSigning: '1.3.6.1.4.1.311.10.3.12',
  /** Of a certificate that signs precertificates (RFC 6962 §3.1). */
  certificateTransparency: '1.3.6.1.4.1.11129.2.4.4',
} as const;

/** Where an extension's value comes from; `none` leaves the extension out. */
export type Source<Value> =
  | { readonly from: 'profile'; readonly value: Value; readonly critical: boolean }
  /** As the CSR has it; when the CSR has none, `otherwise` or nothing. */
  | { readonly from: 'csr'; readonly otherwise?: { readonly value: Value; readonly critical: boolean } }
  | { readonly from: 'none' };

export interface BasicConstraints {
  readonly isAuthority: boolean;
  /** Only for an authority; absent means without limit. */
  readonly pathLength?: number;
}

/** An extension that the caller wrote himself. `value` is the DER inside the OCTET STRING. */
export interface CustomExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export interface Profile {
  /** For the issued row and for messages: `EndEntityCertificate/V1`, `huawei:ENTITY_CERT` … */
  readonly name: string;
  /** The issuer signs its own key (a root): demanded of the CSR's key, no AKI, no CRL or OCSP pointers. */
  readonly isSelfSigned: boolean;
  readonly basicConstraints: { readonly value: BasicConstraints; readonly critical: boolean };
  readonly keyUsage: Source<readonly KeyUsage[]>;
  readonly extendedKeyUsage: Source<readonly string[]>;
  /** Critical exactly when the subject is empty (RFC 5280 §4.2.1.6), whatever is written here. */
  readonly subjectAltName: Source<readonly GeneralName[]>;
  /** Refuse a CSR with an empty subject that does not itself mark its alternative name critical (a rule of AWS's). */
  readonly demandsCriticalNames?: true;
  /** Each must get into the certificate; one whose kind is decided above is refused. */
  readonly customExtensions: readonly CustomExtension[];
  /**
   * Extensions that the caller offers: each gives way where the profile or the pointers of the authority decide its
   * kind. At most one of a kind.
   */
  readonly offeredExtensions?: readonly CustomExtension[];
  /** The CSR's extensions are offered as well, after the caller's. */
  readonly passesCsrExtensions?: true;
  /** An AWS limit: the most authorities in a chain, the root and the new one included. */
  readonly mostLevels?: number;
}
