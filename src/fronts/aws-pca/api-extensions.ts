/** ApiPassthrough's extensions as ours: each kind once, whether its own member or a custom extension brings it. */
import type { GeneralName } from '../../core/name.ts';
import type { CustomExtension, KeyUsage } from '../../core/profile.ts';
import { Refusal } from '../../wire/refusal.ts';
import { certificatePolicies } from '../../x509/extensions/certificate-policies.ts';
import { extendedKeyUsage } from '../../x509/extensions/extended-key-usage.ts';
import { decodeExtension } from '../../x509/extensions/extension.ts';
import { keyUsage } from '../../x509/extensions/key-usage.ts';
import { subjectAltName } from '../../x509/extensions/subject-alt-name.ts';
import { assertIdentifier } from '../../x509/names/assert-identifier.ts';
import { writeGeneralName } from '../../x509/names/general-name.ts';
import type { ApiPassthrough } from './api-passthrough-shape.ts';
import { policyInformation } from './certificate-policies.ts';
import { csrKeyUsages } from './csr-extensions.ts';
import { extendedKeyUsageTypes } from './extended-key-usage-types.ts';
import { readGeneralName } from './general-name.ts';

type Extensions = NonNullable<ApiPassthrough['Extensions']>;

/** A value that stands in the certificate where the template leaves it open. */
export interface Given<Value> {
  readonly from: 'profile';
  readonly value: Value;
  readonly critical: boolean;
}

/** Undefined when no usage is true, as good as none. Critical, RFC 5280 §4.2.1.3. */
export function givenKeyUsage(
  { KeyUsage: wanted }: Extensions,
  own: OwnExtensions,
): Given<readonly KeyUsage[]> | undefined {
  const value = wanted === undefined ? [] : csrKeyUsages({ KeyUsage: wanted });
  const custom = own.decode(keyUsage, value.length > 0);
  if (custom !== undefined) return custom;
  return value.length === 0 ? undefined : { from: 'profile', value, critical: true };
}

/** Each purpose once. Throws Refusal `InvalidArgsException` for one that is named in two ways, or in none. */
export function givenExtendedKeyUsage(
  { ExtendedKeyUsage: wanted = [] }: Extensions,
  own: OwnExtensions,
): Given<readonly string[]> | undefined {
  const value = wanted.map(({ ExtendedKeyUsageType: type, ExtendedKeyUsageObjectIdentifier: oid }) => {
    if ((type === undefined) === (oid === undefined)) {
      throw argument(
        `An ExtendedKeyUsage must have either an ExtendedKeyUsageType or an ExtendedKeyUsageObjectIdentifier, this one has ${type === undefined ? 'neither' : 'both'}.`,
      );
    }
    return type === undefined ? (oid ?? '') : extendedKeyUsageTypes[type];
  });
  const custom = own.decode(extendedKeyUsage, value.length > 0);
  if (custom !== undefined) return custom;
  return value.length === 0 ? undefined : { from: 'profile', value: [...new Set(value)], critical: false };
}

/** Critical exactly when the subject is empty, whatever the flag of a custom extension says. */
export function givenNames(
  { SubjectAlternativeNames: wanted = [] }: Extensions,
  own: OwnExtensions,
): Given<readonly GeneralName[]> | undefined {
  const custom = own.decode(subjectAltName, wanted.length > 0);
  const value = custom?.value ?? wanted.map(readGeneralName);
  for (const name of value) {
    assertIdentifier(name);
    writeGeneralName(name);
  }
  return value.length === 0 ? undefined : { from: 'profile', value, critical: false };
}

/** Undefined when none is given by its own member. Never critical (unverified). */
export function givenPolicies(
  { CertificatePolicies: wanted }: Extensions,
  own: OwnExtensions,
): CustomExtension | undefined {
  if (wanted === undefined) return undefined;
  own.decode(certificatePolicies, true);
  return {
    oid: certificatePolicies.oid,
    critical: false,
    value: certificatePolicies.encode(policyInformation(wanted)),
  };
}

/** The custom extensions of a request. */
export class OwnExtensions {
  readonly all: readonly CustomExtension[];

  /** Throws Refusal `InvalidArgsException` when one comes twice. */
  constructor({ CustomExtensions: wanted = [] }: Extensions) {
    this.all = wanted.map(({ ObjectIdentifier: oid, Value: value, Critical: critical = false }) => ({
      oid,
      critical,
      value: new Uint8Array(Buffer.from(value, 'base64')),
    }));
    const kinds = new Set<string>();
    for (const { oid } of this.all) {
      if (kinds.has(oid)) throw argument(`The extension ${oid} appears twice in CustomExtensions, each may once.`);
      kinds.add(oid);
    }
  }

  /** The value of a kind that has a member of its own; the two must not come together. */
  decode<Value>(kind: Parameters<typeof decodeExtension<Value>>[1], hasMember: boolean): Given<Value> | undefined {
    const found = this.all.find(({ oid }) => oid === kind.oid);
    if (found === undefined) return undefined;
    if (hasMember) throw argument(`The ${kind.name} extension is given twice, once in CustomExtensions.`);
    const value = decodeExtension([found], kind, `${kind.name} extension`);
    return value === undefined ? undefined : { from: 'profile', value, critical: found.critical };
  }
}

function argument(message: string): Refusal {
  return new Refusal('InvalidArgsException', message);
}
