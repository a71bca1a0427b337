/** What foreign RSASSA-PSS signatures say of themselves: tools choose other salts than ours (RFC 4055 §3.1). */
import type { HashAlgorithm } from '../../core/key.ts';
import type { DerReader } from '../der/reader.ts';
import { constructedTag, tags } from '../der/tags.ts';
import { oids } from '../oids.ts';

/**
 * The hash of RSASSA-PSS-params, if MGF1 uses it too, whatever the length of the salt; undefined for any other choice.
 * Reads everything. Throws Fault `malformed`.
 */
export function readPssHash(parameters: DerReader): HashAlgorithm | undefined {
  const fields = parameters.sequence();
  parameters.finish();
  const hash = hashIn(fields, 0, hashOf);
  const mask = hashIn(fields, 1, maskHashOf);
  if (fields.has(constructedTag(2))) wrapped(fields, 2, (salt) => salt.smallInteger());
  // Only 1 is defined, and being the default it is not written.
  fields.finish();
  return hash === mask ? hash : undefined;
}

/** Without the field it is SHA-1, which is none of ours. */
function hashIn(
  fields: DerReader,
  number: 0 | 1,
  read: (algorithm: DerReader) => HashAlgorithm | undefined,
): HashAlgorithm | undefined {
  return fields.has(constructedTag(number)) ? wrapped(fields, number, (inner) => read(inner.sequence())) : undefined;
}

function wrapped<Value>(fields: DerReader, number: number, read: (inner: DerReader) => Value): Value {
  const inner = fields.explicit(number);
  const value = read(inner);
  inner.finish();
  return value;
}

/** Parameters are NULL or absent (RFC 4055 §2.1). */
function hashOf(algorithm: DerReader): HashAlgorithm | undefined {
  const type = algorithm.oid();
  if (algorithm.has(tags.null)) algorithm.null();
  algorithm.finish();
  return hashes.get(type);
}

function maskHashOf(algorithm: DerReader): HashAlgorithm | undefined {
  if (algorithm.oid() !== oids.mgf1) return undefined;
  const hash = hashOf(algorithm.sequence());
  algorithm.finish();
  return hash;
}

const hashes: ReadonlyMap<string, HashAlgorithm> = new Map([
  [oids.sha256, 'SHA256'],
  [oids.sha384, 'SHA384'],
  [oids.sha512, 'SHA512'],
]);
