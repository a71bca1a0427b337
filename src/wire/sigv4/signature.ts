import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Credential } from './credential.ts';

/** The secret of a signer and the signing keys that were derived from it. */
export interface SigningSecret {
  readonly secret: Uint8Array;
  readonly derived: Map<string, Uint8Array>;
}

/** Whether the signature over the string to sign is this secret's, in constant time. */
export function isSignedBy(signer: SigningSecret, credential: Credential, stringToSign: string): boolean {
  const expected = createHmac('sha256', signingKey(signer, credential)).update(stringToSign).digest();
  const given = /^[0-9a-f]{64}$/.test(credential.signature) ? Buffer.from(credential.signature, 'hex') : noSignature;
  return timingSafeEqual(expected, given) && given !== noSignature;
}

/**
 * HMAC over date, region, service and terminator in turn, kept with the secret (four of a request's six HMACs). A
 * caller without the secret can ask for any region, so only few are kept.
 */
function signingKey({ secret, derived }: SigningSecret, { date, region, service }: Credential): Uint8Array {
  const scope = `${date}/${region}/${service}`;
  const known = derived.get(scope);
  if (known !== undefined) return known;
  const start = Buffer.concat([prefix, secret]);
  let key: Buffer = start;
  for (const part of [date, region, service, 'aws4_request']) key = createHmac('sha256', key).update(part).digest();
  start.fill(0);
  if (derived.size >= scopesKept) derived.clear();
  derived.set(scope, key);
  return key;
}

const prefix = Buffer.from('AWS4');
const noSignature = Buffer.alloc(32);
const scopesKept = 16;
