import { askerOf, type Caller } from '../core/account.ts';
import { type Authority, commonNameOf } from '../core/authority.ts';
import type { IssuedCertificate } from '../core/certificate.ts';
import type { EpochMs } from '../core/ids.ts';
import type { SignedCertificate } from '../core/issuance.ts';
import type { Profile } from '../core/profile.ts';

/** The row that remembers what was signed, and for whom: in the account of the authority, whoever asked. */
export function issuedRow(
  caller: Caller,
  authority: Pick<Authority, 'id' | 'account'>,
  profile: Profile,
  signed: SignedCertificate,
  now: EpochMs,
): IssuedCertificate {
  return {
    account: authority.account,
    authority: authority.id,
    serial: signed.serial,
    validity: signed.validity,
    commonName: commonNameOf(signed.subject),
    keyAlgorithm: signed.keyAlgorithm,
    signatureAlgorithm: signed.signatureAlgorithm,
    issuedAt: now,
    asker: authority.account === caller.account ? askerOf(caller) : { ...askerOf(caller), account: caller.account },
    template: profile.name,
    isAuthority: profile.basicConstraints.value.isAuthority,
    der: signed.der,
  };
}
