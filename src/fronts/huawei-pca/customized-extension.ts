import { optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import type { CustomExtension } from '../../core/profile.ts';
import * as der from '../../x509/der/writer.ts';
import { decoded } from '../../wire/leaf.ts';
import { incorrect } from './refusals.ts';

/** Arcs whose extensions mean something to path validation: only the service writes those. */
const reserved = ['2.5.29.', '1.3.6.1.5.5.7.1.', '2.16.840.1.113730.1.', '1.3.6.1.4.1.11129.2.4.'];

const word = optional(text({ max: 64 }));

/**
 * `customized_extension`: one extension of the caller's, not critical, its text as a UTF8String (the reference does
 * not say which type). Terraform sends two empty strings for none.
 */
export const customizedExtension = decoded(
  shape({ object_identifier: word, value: word }),
  ({ object_identifier: oid = '', value = '' }): readonly CustomExtension[] => {
    if (oid === '' && value === '') return [];
    if (value === '' || !/^[0-2](\.(0|[1-9][0-9]*)){2,}$/.test(oid) || isReserved(oid)) {
      throw incorrect('customized_extension takes a value and an object identifier that no standard extension has.');
    }
    return [{ oid, critical: false, value: der.utf8String(value) }];
  },
);

function isReserved(oid: string): boolean {
  return reserved.some((arc) => oid.startsWith(arc));
}
