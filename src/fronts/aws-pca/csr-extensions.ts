import type { CustomExtension, KeyUsage } from '../../core/profile.ts';
import { Refusal } from '../../wire/refusal.ts';
import { oid, sequence, sequenceOf } from '../../x509/der/writer.ts';
import { writeGeneralName } from '../../x509/names/general-name.ts';
import { type GeneralNameShape, readGeneralName } from './general-name.ts';

/** The vendor's words for the bits of a key usage, in the order of the bits. */
export const keyUsageMembers = {
  DigitalSignature: 'digitalSignature',
  NonRepudiation: 'nonRepudiation',
  KeyEncipherment: 'keyEncipherment',
  DataEncipherment: 'dataEncipherment',
  KeyAgreement: 'keyAgreement',
  KeyCertSign: 'keyCertSign',
  CRLSign: 'cRLSign',
  EncipherOnly: 'encipherOnly',
  DecipherOnly: 'decipherOnly',
} as const satisfies Record<string, KeyUsage>;

export const accessMethods = {
  CA_REPOSITORY: '1.3.6.1.5.5.7.48.5', // RFC 5280 §4.2.2.2
  RESOURCE_PKI_MANIFEST: '1.3.6.1.5.5.7.48.10', // RFC 6487 §4.8.8.1
  RESOURCE_PKI_NOTIFY: '1.3.6.1.5.5.7.48.13', // RFC 8182 §3.2
} as const;

export interface AccessDescription {
  readonly AccessMethod: {
    readonly CustomObjectIdentifier?: string;
    readonly AccessMethodType?: keyof typeof accessMethods;
  };
  readonly AccessLocation: GeneralNameShape;
}

export interface CsrExtensions {
  readonly KeyUsage?: Partial<Readonly<Record<keyof typeof keyUsageMembers, boolean>>>;
  readonly SubjectInformationAccess?: readonly AccessDescription[];
}

/** The key usages that the CSR asks for; without the member those of the vendor's CA templates. */
export function csrKeyUsages({ KeyUsage: wanted }: CsrExtensions = {}): readonly KeyUsage[] {
  if (wanted === undefined) return ['digitalSignature', 'keyCertSign', 'cRLSign'];
  return memberNames.filter((name) => wanted[name] === true).map((name) => keyUsageMembers[name]);
}

/** The other extensions of the CSR. RFC 5280 §4.2.2.2: never critical. */
export function csrCustomExtensions({ SubjectInformationAccess: access = [] }: CsrExtensions = {}): CustomExtension[] {
  if (access.length === 0) return [];
  const value = sequenceOf(
    access.map(({ AccessMethod: method, AccessLocation: location }) =>
      sequence(oid(methodOid(method)), writeGeneralName(readGeneralName(location))),
    ),
  );
  return [{ oid: '1.3.6.1.5.5.7.1.11', critical: false, value }];
}

function methodOid({
  CustomObjectIdentifier: custom,
  AccessMethodType: type,
}: AccessDescription['AccessMethod']): string {
  if ((custom === undefined) === (type === undefined)) {
    throw new Refusal(
      'InvalidArgsException',
      `An AccessMethod must have either a CustomObjectIdentifier or an AccessMethodType, this one has ${type === undefined ? 'neither' : 'both'}.`,
    );
  }
  return type === undefined ? (custom ?? '') : accessMethods[type];
}

// Object.keys forgets the names; the table gives exactly these.
const memberNames = Object.keys(keyUsageMembers) as (keyof typeof keyUsageMembers)[];
