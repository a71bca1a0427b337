/** What a key that only signs can be certified for. */
import { Fault } from '../../core/fault.ts';
import type { KeyUsage } from '../../core/profile.ts';
import type { PublicKey } from '../public-key.ts';

/**
 * RFC 9881 §5: the certificate of an ML-DSA key has none of the bits that speak of encryption and key agreement, and at
 * least one of the others. Templates and CSRs written for RSA keys ask for them, so they are taken away; what was asked
 * stays as it is for any other key. Fault `invalid`, reason `key-usage` (what `key usage`, or `csr` where the CSR asked),
 * when nothing is left.
 */
export function usagesForKey(
  { parts }: PublicKey,
  usages: readonly KeyUsage[],
  from: 'profile' | 'csr',
): readonly KeyUsage[] {
  if (parts?.kind !== 'ML-DSA' || usages.every(mayOfMlDsa)) return usages;
  const left = usages.filter(mayOfMlDsa);
  if (left.length > 0) return left;
  throw new Fault('invalid', `an ML-DSA key only signs, but its key usage is ${usages.join(', ')}`, {
    what: from === 'csr' ? 'csr' : 'key usage',
    reason: 'key-usage',
  });
}

/** Whether the certificate of an ML-DSA key may have it. */
export function mayOfMlDsa(usage: KeyUsage): boolean {
  return ofMlDsa.includes(usage);
}

const ofMlDsa: readonly KeyUsage[] = ['digitalSignature', 'nonRepudiation', 'keyCertSign', 'cRLSign'];
