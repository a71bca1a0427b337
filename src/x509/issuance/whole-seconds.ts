import { Fault } from '../../core/fault.ts';
import type { Validity } from '../../core/validity.ts';

/**
 * The validity in whole seconds (RFC 5280 §4.1.2.5). Faults `invalid` (what `validity`): reason `order` unless it
 * begins before it ends, `beyond-issuer` when it ends after the issuer does.
 */
export function wholeSeconds({ notBefore, notAfter }: Validity, issuer?: Validity): Validity {
  const validity = { notBefore: Math.floor(notBefore / 1000) * 1000, notAfter: Math.floor(notAfter / 1000) * 1000 };
  if (!(validity.notBefore < validity.notAfter)) {
    throw new Fault('invalid', 'the validity ends before it begins', { what: 'validity', reason: 'order' });
  }
  if (issuer !== undefined && validity.notAfter > issuer.notAfter) {
    throw new Fault(
      'invalid',
      `the validity ends at ${iso(validity.notAfter)}, the issuer's at ${iso(issuer.notAfter)}`,
      {
        what: 'validity',
        reason: 'beyond-issuer',
      },
    );
  }
  return validity;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
