import { Fault } from '../core/fault.ts';
import { readDer } from '../x509/der/reader.ts';
import { primitiveTag, tags } from '../x509/der/tags.ts';
import type { ParameterSet } from './key-oids.ts';

/**
 * Checks an ML-DSA private key (RFC 9881 §6): a CHOICE of the 32-octet seed, the expanded key, or both. That both agree
 * is OpenSSL's to check when it takes the key in (§8.2). Throws Fault `malformed`.
 */
export function checkMlDsaKey(choice: Uint8Array, { algorithm, expandedOctets }: ParameterSet): void {
  const whole = readDer(choice, 'private key');
  if (whole.has(seedTag)) {
    assertOctets(whole.content(seedTag), seedOctets);
  } else if (whole.has(tags.octetString)) {
    assertOctets(whole.octetString(), expandedOctets);
  } else {
    const both = whole.sequence();
    assertOctets(both.octetString(), seedOctets);
    assertOctets(both.octetString(), expandedOctets);
    both.finish();
  }
  whole.finish();

  function assertOctets({ length }: Uint8Array, expected: number): void {
    if (length === expected) return;
    throw new Fault('malformed', `a part of the ${algorithm} key has ${length} octets, ${expected} are expected`, {
      what: 'private key',
    });
  }
}

/** [0] IMPLICIT OCTET STRING. */
const seedTag = primitiveTag(0);
/** FIPS 204 §3.6.3: ξ. */
const seedOctets = 32;
