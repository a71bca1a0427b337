/** What only authorities may have, and how far below their issuer they stand. */
import { Fault } from '../../core/fault.ts';
import type { BasicConstraints, KeyUsage, Profile } from '../../core/profile.ts';
import type { Issuer } from './issuer.ts';

/** RFC 5280 §4.2.1.9: an authority's path length is below its issuer's. Fault `invalid`, reason `path-length`. */
export function assertPathLength({ isAuthority, pathLength }: BasicConstraints, issuer: Issuer | undefined): void {
  const limit = issuer?.pathLength;
  if (!isAuthority || limit === undefined) return;
  const found = pathLength ?? 'no limit';
  if (pathLength === undefined || pathLength >= limit) {
    const expected = limit === 0 ? 'no authority is allowed below it' : `at most ${limit - 1} is expected`;
    throw new Fault('invalid', `the path length is ${found}, but the issuer's is ${limit}: ${expected}`, {
      what: 'path length',
      reason: 'path-length',
    });
  }
}

/**
 * RFC 5280 §4.2.1.3: an authority asserts keyCertSign, nobody else does (cRLSign neither). A profile that breaks this is
 * refused: Fault `invalid`, reason `ca-key-usage` (what `key usage`, or `csr` where the CSR was to say); from a CSR's wishes for a leaf the bits are taken away.
 */
export function keyUsagesOf(
  { basicConstraints }: Pick<Profile, 'basicConstraints'>,
  usages: readonly KeyUsage[],
  from: 'profile' | 'csr',
): readonly KeyUsage[] {
  if (basicConstraints.value.isAuthority) {
    if (usages.includes('keyCertSign')) return usages;
    return refuse('the key usage of an authority lacks keyCertSign', from);
  }
  if (!usages.some(isAuthorityUsage)) return usages;
  if (from === 'csr') return usages.filter((usage) => !isAuthorityUsage(usage));
  return refuse('the key usage has keyCertSign or cRLSign, but the subject is no authority', from);
}

function isAuthorityUsage(usage: KeyUsage): boolean {
  return usage === 'keyCertSign' || usage === 'cRLSign';
}

function refuse(message: string, from: 'profile' | 'csr'): never {
  throw new Fault('invalid', message, { what: from === 'csr' ? 'csr' : 'key usage', reason: 'ca-key-usage' });
}
