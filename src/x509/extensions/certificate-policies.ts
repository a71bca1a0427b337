import type { DerReader } from '../der/reader.ts';
import { oid, sequence, sequenceOf } from '../der/writer.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

export interface PolicyInformation {
  readonly policy: string;
  /** PolicyQualifierInfo elements, DER. */
  readonly qualifiers: readonly Uint8Array[];
}

/** Under which policies the certificate was issued; each at most once. */
export const certificatePolicies: ExtensionKind<readonly PolicyInformation[]> = {
  oid: oids.certificatePolicies,
  name: 'certificate policies',
  clause: 'RFC 5280 §4.2.1.4',
  criticality: 'either',
  encode: (policies) => sequenceOf(policies.map(writePolicy)),
  decode: (reader: DerReader) => {
    const list = reader.sequence();
    const policies: PolicyInformation[] = [];
    do {
      if (policies.length >= 100) list.fail('there are more than 100 certificate policies');
      const information = readPolicy(list.sequence());
      if (policies.some(({ policy }) => policy === information.policy)) list.fail('a certificate policy comes twice');
      policies.push(information);
    } while (!list.isAtEnd);
    return policies;
  },
};

function writePolicy({ policy, qualifiers }: PolicyInformation): Uint8Array {
  return qualifiers.length === 0 ? sequence(oid(policy)) : sequence(oid(policy), sequenceOf(qualifiers));
}

function readPolicy(reader: DerReader): PolicyInformation {
  const policy = reader.oid();
  const qualifiers: Uint8Array[] = [];
  if (!reader.isAtEnd) {
    const list = reader.sequence();
    do qualifiers.push(list.element());
    while (!list.isAtEnd);
  }
  reader.finish();
  return { policy, qualifiers };
}
