import type { AuthorityCertificate } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { Profile } from '../core/profile.ts';

/** Throws Fault `invalid` (what `path length`, reason `levels`) when the chain of a new authority would be too long for its profile. */
export function assertLevels({ name, basicConstraints, mostLevels }: Profile, issuer: AuthorityCertificate): void {
  if (mostLevels === undefined || !basicConstraints.value.isAuthority) return;
  const levels = issuer.chain.length + 2; // the issuer, those above it, and the new one
  if (levels <= mostLevels) return;
  throw new Fault(
    'invalid',
    `${name} would be level ${levels} of its chain of authorities, at most ${mostLevels} are allowed`,
    {
      what: 'path length',
      reason: 'levels',
    },
  );
}
