import type { DerReader } from '../der/reader.ts';
import { constructedTag, primitiveTag } from '../der/tags.ts';
import { element, explicit, sequence, sequenceOf } from '../der/writer.ts';
import { asciiOctets, readGeneralName } from '../names/general-name.ts';
import { oids } from '../oids.ts';
import type { ExtensionKind } from './extension.ts';

/**
 * Where the issuer's CRLs lie: URLs, one distribution point each. Points by directory name, reasons and CRL issuers of
 * others are read over.
 */
export const crlDistributionPoints: ExtensionKind<readonly string[]> = {
  oid: oids.crlDistributionPoints,
  name: 'CRL distribution points',
  clause: 'RFC 5280 §4.2.1.13',
  criticality: 'not-critical',
  encode: (urls) => sequenceOf(urls.map((url) => sequence(explicit(0, explicit(0, uri(url)))))),
  decode: (reader: DerReader) => {
    const points = reader.sequence();
    const urls: string[] = [];
    do urls.push(...readPoint(points.sequence()));
    while (!points.isAtEnd);
    return urls;
  },
};

function uri(url: string): Uint8Array {
  return element(primitiveTag(6), asciiOctets(url));
}

function readPoint(point: DerReader): string[] {
  const urls: string[] = [];
  if (point.has(constructedTag(0))) {
    const name = point.explicit(0);
    if (name.has(constructedTag(0))) {
      const full = name.enter(constructedTag(0));
      while (!full.isAtEnd) {
        const general = readGeneralName(full);
        if (general.kind === 'uri') urls.push(general.value);
      }
    } else {
      name.enter(constructedTag(1));
    }
    name.finish();
  }
  if (point.has(primitiveTag(1))) point.bitString(primitiveTag(1));
  if (point.has(constructedTag(2))) point.enter(constructedTag(2));
  point.finish();
  return urls;
}
