/**
 * The last look at the bytes that will be signed: they are read again from the outside, and every rule of RFC 5280 that
 * a certificate of ours must keep is checked on what was read, not on what was meant.
 */
import { Fault } from '../../core/fault.ts';
import type { Issuer } from './issuer.ts';
import { checks } from './lint-checks.ts';
import { type LintView, viewOf } from './lint-view.ts';

/**
 * @param issuer absent for a self-signed certificate
 * Throws Fault `invalid` with reason `lint` naming every broken rule, its clause and, where that helps, what breaks it.
 */
export function lint(tbs: Uint8Array, issuer: Issuer | undefined): void {
  const view = viewOf(tbs, issuer);
  for (const { isKept } of checks) if (!isKept(view)) refuse(view);
}

function refuse(view: LintView): never {
  const broken = checks
    .filter(({ isKept }) => !isKept(view))
    .map(({ rule, clause, found }) => `${rule} (${clause})${found === undefined ? '' : `, but ${found(view)}`}`);
  throw new Fault('invalid', `the certificate would break a rule: ${broken.join('; ')}`, {
    what: 'certificate',
    reason: 'lint',
  });
}
