import type { Caller } from '../../core/account.ts';
import type { Authority } from '../../core/authority.ts';
import type { AuthorityId } from '../../core/ids.ts';
import type { Services } from '../../services/bind.ts';
import { gone } from './refusals.ts';

/**
 * An authority whose key is held here. An INTERMEDIATE_CA issued from a CSR has an id, but nothing except showing and
 * exporting it knows that id (CCM API Reference, CreateCertificateByCsr). Fault `not-found`.
 */
export async function findOwnAuthority(
  services: Pick<Services, 'findAuthority'>,
  caller: Caller,
  id: AuthorityId,
): Promise<Authority> {
  const authority = await services.findAuthority(caller, id);
  if (authority.key === undefined) throw gone();
  return authority;
}
