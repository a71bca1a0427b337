import { createECDH } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import { readDer } from '../x509/der/reader.ts';
import { constructedTag } from '../x509/der/tags.ts';
import * as der from '../x509/der/writer.ts';
import { curves, type Curve } from './key-oids.ts';

/** ECPrivateKey (RFC 5915 §3 = SEC 1 appendix C.4), checked: the scalar is in range and the point belongs to it. */
export interface EcKey {
  readonly curve: Curve;
  /** A view into what was read, of exactly `curve.octets`. */
  readonly scalar: Uint8Array;
  /** 04‖x‖y. */
  readonly point: Uint8Array;
}

/**
 * @param curveOid from around it (PKCS#8); must agree with the one inside when both are there
 * Throws Fault `malformed`, `unsupported` (curve), `invalid` with reason `inconsistent`.
 */
export function readSec1(sec1: Uint8Array, curveOid?: string): EcKey {
  const whole = readDer(sec1, 'private key');
  const key = whole.sequence();
  whole.finish();
  if (key.smallInteger() !== 1) key.fail('the version of an EC key is not 1');
  const scalar = key.octetString();
  let inside: string | undefined;
  if (key.has(constructedTag(0))) {
    const parameters = key.explicit(0);
    inside = parameters.oid();
    parameters.finish();
  }
  let given: Uint8Array | undefined;
  if (key.has(constructedTag(1))) {
    const publicKey = key.explicit(1);
    given = publicKey.bitStringOctets();
    publicKey.finish();
  }
  key.finish();
  if (curveOid !== undefined && inside !== undefined && curveOid !== inside) {
    inconsistent('names two different curves');
  }
  const curve = curveOf(curveOid ?? inside);
  if (scalar.length !== curve.octets) {
    key.fail(`a ${curve.algorithm} key has ${scalar.length} octets, ${curve.octets} are expected`);
  }
  const point = pointOf(curve, scalar);
  if (given !== undefined && !sameBytes(given, given[0] === 4 ? point : compressed(point))) {
    inconsistent('carries a public key that is not its own');
  }
  return { curve, scalar, point };
}

/** `named` writes the curve inside, as the PEM `EC PRIVATE KEY` needs it; in PKCS#8 it stands around. The caller wipes. */
export function writeSec1({ curve, scalar, point }: EcKey, { named }: { readonly named: boolean }): Uint8Array {
  const inner = der.octetString(scalar);
  const publicKey = der.explicit(1, der.bitString(point));
  const parameters = named ? [der.explicit(0, der.oid(curve.oid))] : [];
  const out = der.sequence(der.integer(1), inner, ...parameters, publicKey);
  inner.fill(0);
  return out;
}

function curveOf(oid: string | undefined): Curve {
  const curve = curves.find((one) => one.oid === oid);
  if (curve !== undefined) return curve;
  const expected = curves.map((one) => one.algorithm).join(', ');
  throw new Fault('unsupported', `the EC private key's curve is ${oid ?? 'not named'}, expected ${expected}`, {
    what: 'private key',
    reason: 'algorithm',
  });
}

function pointOf(curve: Curve, scalar: Uint8Array): Uint8Array {
  const pair = createECDH(curve.name);
  try {
    pair.setPrivateKey(scalar); // OpenSSL refuses 0 and everything from the group's order on
  } catch {
    inconsistent('is zero or not below the order of its group');
  }
  return new Uint8Array(pair.getPublicKey());
}

function compressed(point: Uint8Array): Uint8Array {
  const half = (point.length + 1) / 2;
  return Uint8Array.of(2 + ((point.at(-1) ?? 0) & 1), ...point.subarray(1, half));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, i) => octet === b[i]);
}

function inconsistent(found: string): never {
  throw new Fault('invalid', `the EC private key ${found}`, { what: 'private key', reason: 'inconsistent' });
}
