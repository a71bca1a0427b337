import type { GeneralName } from '../../core/name.ts';
import { Refusal } from '../../wire/refusal.ts';
import { explicit, sequenceOf, utf8String } from '../../x509/der/writer.ts';
import { type Asn1Subject, readSubject } from './subject.ts';

/** The vendor's GeneralName: exactly one member. */
export interface GeneralNameShape {
  readonly OtherName?: { readonly TypeId: string; readonly Value: string };
  readonly Rfc822Name?: string;
  readonly DnsName?: string;
  readonly DirectoryName?: Asn1Subject;
  readonly EdiPartyName?: { readonly PartyName: string; readonly NameAssigner?: string };
  readonly UniformResourceIdentifier?: string;
  readonly IpAddress?: string;
  readonly RegisteredId?: string;
}

/** Throws Refusal `InvalidArgsException` unless exactly one member is there. */
export function readGeneralName(shape: GeneralNameShape): GeneralName {
  const found: GeneralName[] = [];
  const { OtherName: other, DirectoryName: directory, EdiPartyName: party } = shape;
  if (other !== undefined) found.push({ kind: 'other', type: other.TypeId, value: utf8String(other.Value) });
  if (shape.Rfc822Name !== undefined) found.push({ kind: 'email', value: shape.Rfc822Name });
  if (shape.DnsName !== undefined) found.push({ kind: 'dns', value: shape.DnsName });
  if (directory !== undefined) found.push({ kind: 'directory', value: readSubject(directory) });
  if (party !== undefined) found.push({ kind: 'opaque', der: ediPartyName(party) });
  if (shape.UniformResourceIdentifier !== undefined)
    found.push({ kind: 'uri', value: shape.UniformResourceIdentifier });
  if (shape.IpAddress !== undefined) found.push({ kind: 'ip', value: shape.IpAddress });
  if (shape.RegisteredId !== undefined) found.push({ kind: 'registered-id', value: shape.RegisteredId });
  const [name] = found;
  if (name === undefined || found.length > 1) {
    throw new Refusal(
      'InvalidArgsException',
      `A GeneralName must have exactly one member, this one has ${found.length}.`,
    );
  }
  return name;
}

/** RFC 5280 §4.2.1.6: [5], its strings are CHOICEs and so tagged explicitly. */
function ediPartyName({ PartyName, NameAssigner }: { PartyName: string; NameAssigner?: string }): Uint8Array {
  const assigner = NameAssigner === undefined ? [] : [explicit(0, utf8String(NameAssigner))];
  const fields = sequenceOf([...assigner, explicit(1, utf8String(PartyName))]);
  fields[0] = 0xa5; // [5] IMPLICIT, constructed, in place of SEQUENCE
  return fields;
}
