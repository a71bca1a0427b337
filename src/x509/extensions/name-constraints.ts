import type { DistinguishedName } from '../../core/name.ts';
import type { DerReader } from '../der/reader.ts';
import { constructedTag, primitiveTag } from '../der/tags.ts';
import { element, explicit, sequence } from '../der/writer.ts';
import { asciiOctets } from '../names/general-name.ts';
import { readName } from '../names/read-name.ts';
import { ascii } from '../names/text.ts';
import { writeName } from '../names/write-name.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

/** The base of a subtree. */
export type Subtree =
  | { readonly kind: 'dns' | 'email' | 'uri'; readonly value: string }
  /** Address and mask, 8 or 32 octets together. */
  | { readonly kind: 'ip'; readonly range: Uint8Array }
  | { readonly kind: 'directory'; readonly value: DistinguishedName }
  /** A form of name whose constraints nobody processes: names of that form cannot be certified below it. */
  | { readonly kind: 'unprocessed'; readonly der: Uint8Array };

export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

/** Which names may be certified below an authority. Critical; only in authorities. */
export const nameConstraints: ExtensionKind<NameConstraints> = {
  oid: oids.nameConstraints,
  name: 'name constraints',
  clause: 'RFC 5280 §4.2.1.10',
  criticality: 'critical',
  encode: ({ permitted, excluded }) =>
    sequence(
      ...(permitted.length === 0 ? [] : [explicit(0, ...permitted.map(writeSubtree))]),
      ...(excluded.length === 0 ? [] : [explicit(1, ...excluded.map(writeSubtree))]),
    ),
  decode: (reader: DerReader) => {
    const inner = reader.sequence();
    const permitted = inner.has(constructedTag(0)) ? readSubtrees(inner.explicit(0)) : [];
    const excluded = inner.has(constructedTag(1)) ? readSubtrees(inner.explicit(1)) : [];
    inner.finish();
    return { permitted, excluded };
  },
};

function readSubtrees(list: DerReader): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  do {
    if (subtrees.length >= 1000) list.fail('there are more than 1000 name constraints');
    const subtree = list.sequence();
    subtrees.push(readBase(subtree));
    // RFC 5280 §4.2.1.10: minimum is zero (so it is left out) and maximum absent.
    subtree.finish();
  } while (!list.isAtEnd);
  return subtrees;
}

function readBase(reader: DerReader): Subtree {
  const tag = reader.nextTag;
  switch (tag) {
    case primitiveTag(1):
      return { kind: 'email', value: ascii(reader, reader.content(tag)) };
    case primitiveTag(2):
      return { kind: 'dns', value: ascii(reader, reader.content(tag)) };
    case primitiveTag(6):
      return { kind: 'uri', value: ascii(reader, reader.content(tag)) };
    case primitiveTag(7): {
      const range = reader.content(tag);
      if (range.length !== 8 && range.length !== 32) reader.fail('an IP constraint has not 8 or 32 octets');
      return { kind: 'ip', range };
    }
    case constructedTag(4): {
      const inner = reader.enter(tag);
      const value = readName(inner);
      inner.finish();
      return { kind: 'directory', value };
    }
    default:
      return { kind: 'unprocessed', der: reader.element() };
  }
}

function writeSubtree(subtree: Subtree): Uint8Array {
  return sequence(writeBase(subtree));
}

function writeBase(subtree: Subtree): Uint8Array {
  switch (subtree.kind) {
    case 'email':
      return element(primitiveTag(1), asciiOctets(subtree.value));
    case 'dns':
      return element(primitiveTag(2), asciiOctets(subtree.value));
    case 'uri':
      return element(primitiveTag(6), asciiOctets(subtree.value));
    case 'ip':
      return element(primitiveTag(7), subtree.range);
    case 'directory':
      return explicit(4, writeName(subtree.value));
    case 'unprocessed':
      return subtree.der;
  }
}
