import { Fault } from '../core/fault.ts';
import { readDer } from '../x509/der/reader.ts';
import { constructedTag, primitiveTag, tags } from '../x509/der/tags.ts';
import * as der from '../x509/der/writer.ts';
import { ecPublicKey, type ParameterSet, parameterSets, rsaEncryption } from './key-oids.ts';

/** PrivateKeyInfo of PKCS#8 (RFC 5208 §5, RFC 5958 §2), opened: what is inside is the algorithm's own form. */
export type PrivateKeyInfo =
  | { readonly kind: 'RSA'; readonly pkcs1: Uint8Array }
  | { readonly kind: 'EC'; readonly curveOid: string; readonly sec1: Uint8Array }
  /** `choice` is one of the three forms of RFC 9881 §6. */
  | { readonly kind: 'ML-DSA'; readonly set: ParameterSet; readonly choice: Uint8Array };

/** Throws Fault `malformed`; `unsupported` for any algorithm but RSA, EC on a named curve and ML-DSA. No copies are made. */
export function readPrivateKeyInfo(pkcs8: Uint8Array): PrivateKeyInfo {
  const whole = readDer(pkcs8, 'private key');
  const info = whole.sequence();
  whole.finish();
  const version = info.smallInteger();
  if (version > 1) info.fail(`its version is ${version}, expected 0 or 1`);
  const algorithm = info.sequence();
  const oid = algorithm.oid();
  const set = parameterSets.find((one) => one.oid === oid);
  if (oid !== rsaEncryption && oid !== ecPublicKey && set === undefined) {
    throw new Fault('unsupported', `the private key's algorithm is ${oid}, expected RSA, EC or ML-DSA`, {
      what: 'private key',
      reason: 'algorithm',
    });
  }
  if (oid === ecPublicKey && !algorithm.has(tags.oid)) {
    throw new Fault('unsupported', 'the private key describes its curve by parameters, expected a named curve', {
      what: 'private key',
      reason: 'algorithm',
    });
  }
  const curveOid = oid === ecPublicKey ? algorithm.oid() : undefined;
  // RFC 8017 appendix A.1: the parameters of rsaEncryption MUST be NULL. RFC 9881 §2: those of ML-DSA MUST be absent.
  if (oid === rsaEncryption) algorithm.null();
  algorithm.finish();
  const inner = info.octetString();
  if (info.has(constructedTag(0))) info.enter(constructedTag(0)); // attributes: nothing of ours
  if (version === 1 && info.has(primitiveTag(1))) info.bitString(primitiveTag(1));
  info.finish();
  if (set !== undefined) return { kind: 'ML-DSA', set, choice: inner };
  return curveOid === undefined ? { kind: 'RSA', pkcs1: inner } : { kind: 'EC', curveOid, sec1: inner };
}

/** PKCS#8, DER, version 0, without attributes: as OpenSSL and Java write it. The caller wipes the result. */
export function writePrivateKeyInfo(info: PrivateKeyInfo): Uint8Array {
  const version = der.integer(0);
  if (info.kind === 'RSA') {
    const algorithm = der.sequence(der.oid(rsaEncryption), der.nullValue());
    return wrap(version, algorithm, info.pkcs1);
  }
  if (info.kind === 'ML-DSA') return wrap(version, der.sequence(der.oid(info.set.oid)), info.choice);
  return wrap(version, der.sequence(der.oid(ecPublicKey), der.oid(info.curveOid)), info.sec1);
}

function wrap(version: Uint8Array, algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  const inner = der.octetString(key);
  const out = der.sequence(version, algorithm, inner);
  inner.fill(0);
  return out;
}
