import type { Caller } from '../core/account.ts';
import type { AuthorityStatus, AuthorityVendorFields, RevocationSettings } from '../core/authority.ts';
import type { AuthorityId, Region } from '../core/ids.ts';
import { changeAuthority } from './change-authority.ts';
import type { World } from './world.ts';

/**
 * Allows or stops issuing, and keeps what a vendor's API configures.
 * Faults: `not-found`; `wrong-state` unless the status is one of `from`.
 */
export async function updateAuthority(
  world: Pick<World, 'store' | 'clock' | 'pace'>,
  caller: Caller,
  wanted: {
    id: AuthorityId;
    region?: Region;
    from: readonly AuthorityStatus[];
    state?: 'active' | 'disabled';
    /** The vendors' fields after the change; those that it leaves out stay. */
    vendor?: AuthorityVendorFields | ((stored: AuthorityVendorFields) => AuthorityVendorFields);
    /** What the vendors' fields after the change mean for certificates. */
    revocation?: (vendor: AuthorityVendorFields) => RevocationSettings;
  },
): Promise<void> {
  await changeAuthority(world, caller, wanted, wanted.from, ({ vendor: stored }) => {
    const vendor = wanted.vendor === undefined ? undefined : { ...stored, ...changed(wanted.vendor, stored) };
    return {
      state: wanted.state === undefined ? undefined : { kind: wanted.state },
      vendor,
      revocation: wanted.revocation?.(vendor ?? stored),
    };
  });
}

/** A function sees what is stored in the version that the change is committed under. */
function changed(
  vendor: AuthorityVendorFields | ((stored: AuthorityVendorFields) => AuthorityVendorFields),
  stored: AuthorityVendorFields,
): AuthorityVendorFields {
  return typeof vendor === 'function' ? vendor(stored) : vendor;
}
