import type { Caller } from '../core/account.ts';
import type { AuthorityVendorFields } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import type { AuthorityId } from '../core/ids.ts';
import { certify, type Certification } from './certify-authority.ts';
import { findAuthority } from './find-authority.ts';
import { retryConflict } from './retry-conflict.ts';
import type { World } from './world.ts';

/**
 * Signs a pending authority's certificate inside this house and puts it in force, in one step.
 * Faults: `not-found` either authority; `wrong-state` unless pending, or the issuer does not issue; `invalid` for a root
 * that another is to certify, or a subordinate that is to certify itself; those of signing.
 */
export async function activateAuthority(
  world: Pick<World, 'store' | 'signer' | 'clock' | 'pace' | 'publishing' | 'audit'>,
  caller: Caller,
  id: AuthorityId,
  certification: Certification,
  vendor?: AuthorityVendorFields,
): Promise<void> {
  await retryConflict(async () => {
    const authority = await findAuthority(world, caller, id);
    if (authority.state.kind !== 'pending') {
      throw new Fault('wrong-state', `authority ${id} is ${authority.state.kind}, only a pending one is activated`, {
        what: 'authority',
        id,
        reason: authority.state.kind,
      });
    }
    const { certificate, issued } = await certify(world, caller, authority, certification);
    await world.store.commit('record-issued', {
      certificate: issued.certificate,
      authorityVersion: issued.authorityVersion,
      activate: { id, version: authority.version, certificate, vendor },
    });
    await world.audit.record(caller, { verb: 'issued', what: 'authority', id });
  });
}
