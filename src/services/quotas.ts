/**
 * How much an account may make, where a server is told to limit it: the verbs that make something, each with its
 * quota asked first. Without quotas the verbs are as they are and nothing is counted.
 */
import type { Caller } from '../core/account.ts';
import type { AuthorityId } from '../core/ids.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import { AuthorityCounts } from './authority-counts.ts';
import { AuthorityPlaces } from './authority-places.ts';
import type { Services } from './bind.ts';
import { earlierResult, type Repeatable } from './idempotency.ts';
import type { World } from './world.ts';

export interface Quotas {
  /** Authorities of an account in a region; a deleted one counts until it is gone. */
  readonly authorities: number;
  /** What one authority ever signs. */
  readonly certificates: number;
  /** What one authority ever revokes. */
  readonly revoked: number;
}

type Uses = Pick<World, 'store' | 'clock'>;

/** The services, where what makes an authority or a certificate or revokes one may throw Fault `limit` too. */
export function withinQuotas(world: Uses, services: Services, quotas: Quotas): Services {
  const certificates = new AuthorityCounts(world, 'issued', quotas.certificates);
  const revocations = new AuthorityCounts(world, 'revoked', quotas.revoked);
  const authorities = new AuthorityPlaces(world, quotas.authorities);
  const signed = <Done>(caller: Caller, { authority, access, repeatable }: Signing, run: () => Promise<Done>) =>
    unlessRepeated(world, caller, repeatable, run, () =>
      certificates.within(access?.owner ?? caller.account, authority, run),
    );
  return {
    ...services,
    createAuthority: (caller, wish) => {
      const create = () => services.createAuthority(caller, wish);
      const issuer = wish.sign?.issuer;
      const place = () => authorities.within(caller, create);
      return unlessRepeated(world, caller, wish.repeatable, create, () =>
        issuer === undefined ? place() : certificates.within(caller.account, issuer, place),
      );
    },
    issueCertificate: (caller, wish) => signed(caller, wish, () => services.issueCertificate(caller, wish)),
    requestCertificate: (caller, wish) => signed(caller, wish, () => services.requestCertificate(caller, wish)),
    issueIntermediate: (caller, wish) =>
      signed(caller, { authority: wish.issuer }, () => services.issueIntermediate(caller, wish)),
    revokeCertificate: (caller, wish) =>
      revocations.within(wish.access?.owner ?? caller.account, wish.authority, () =>
        services.revokeCertificate(caller, wish),
      ),
  };
}

/** What a certificate is to be signed by, and whose request that is. */
interface Signing {
  readonly authority: AuthorityId;
  readonly access?: SharedAccess;
  readonly repeatable?: Repeatable;
}

/** Whoever repeats a request gets its answer again, and needs no further place. */
async function unlessRepeated<Done>(
  world: Uses,
  caller: Caller,
  repeatable: Repeatable | undefined,
  run: () => Promise<Done>,
  within: () => Promise<Done>,
): Promise<Done> {
  const earlier = await earlierResult(world, caller, repeatable, world.clock.now());
  return earlier === undefined ? within() : run();
}
