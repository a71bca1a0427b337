import { askerOf, type Caller } from '../core/account.ts';
import { commonNameOf } from '../core/authority.ts';
import type { IssuedCertificate } from '../core/certificate.ts';
import type { AuthorityId, EpochMs } from '../core/ids.ts';
import type { SignedCertificate } from '../core/issuance.ts';
import type { Profile } from '../core/profile.ts';

/** The row that remembers what was signed, and for whom. */
export function issuedRow(
  caller: Caller,
  authority: AuthorityId,
  profile: Profile,
  signed: SignedCertificate,
  now: EpochMs,
): IssuedCertificate {
  return {
    account: caller.account,
    authority,
    serial: signed.serial,
    validity: signed.validity,
    commonName: commonNameOf(signed.subject),
    keyAlgorithm: signed.keyAlgorithm,
    signatureAlgorithm: signed.signatureAlgorithm,
    issuedAt: now,
    asker: askerOf(caller),
    template: profile.name,
    isAuthority: profile.basicConstraints.value.isAuthority,
    der: signed.der,
  };
}
