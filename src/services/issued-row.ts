import { askerOf, type Caller } from '../core/account.ts';
import { type Authority, commonNameOf } from '../core/authority.ts';
import type { IssuedCertificate } from '../core/certificate.ts';
import type { EpochMs } from '../core/ids.ts';
import type { Pointers, SignedCertificate } from '../core/issuance.ts';
import type { Profile } from '../core/profile.ts';

/**
 * The row that remembers what was signed, and for whom: in the account of the authority, whoever asked.
 * @param pointers what was given to the signer; absent for a self-signed certificate
 */
export function issuedRow(
  caller: Caller,
  authority: Pick<Authority, 'id' | 'account'>,
  profile: Profile,
  signed: SignedCertificate,
  now: EpochMs,
  pointers?: Pointers,
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
    ...(pointers !== undefined && pointers.crl.length > 0 && { crl: pointers.crl[0] }),
    der: signed.der,
  };
}
