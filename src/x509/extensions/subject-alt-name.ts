import type { GeneralName } from '../../core/name.ts';
import type { DerReader } from '../der/reader.ts';
import { sequenceOf } from '../der/writer.ts';
import { readGeneralName, writeGeneralName } from '../names/general-name.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

/** A certificate with more names than this is refused, ours and others'. */
export const nameLimit = 1000;

/** The names of the subject; at least one. Critical exactly when the subject field is empty. */
export const subjectAltName: ExtensionKind<readonly GeneralName[]> = {
  oid: oids.subjectAltName,
  name: 'subject alternative name',
  clause: 'RFC 5280 §4.2.1.6',
  criticality: 'by-context',
  encode: (names) => sequenceOf(names.map(writeGeneralName)),
  decode: (reader: DerReader) => {
    const list = reader.sequence();
    const names = [readGeneralName(list)];
    while (!list.isAtEnd) {
      if (names.length >= nameLimit) list.fail(`there are more than ${nameLimit} alternative names`);
      names.push(readGeneralName(list));
    }
    return names;
  },
};
