import type { Caller, Permission } from '../../core/account.ts';
import type { Authority } from '../../core/authority.ts';
import { Fault } from '../../core/fault.ts';
import type { SharedUse } from '../../core/sharing.ts';
import type { Services } from '../../services/bind.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { onAuthority } from '../../wire/aws-json/shared-authority.ts';
import { operationsOf, type Scene } from '../../wire/operation.ts';
import type { PageTokens } from '../../wire/page-token.ts';
import { refusal } from '../../wire/refusal.ts';
import { placeOf } from './arns.ts';

/** What this front's operations work with. */
export type PcaServices = Services & { readonly pageTokens: PageTokens };

export const operation = operationsOf<PcaServices>();

/** Inputs that name an authority. */
interface OnAuthority {
  readonly CertificateAuthorityArn: AuthorityArn;
}

/** `acm-pca:<operation>` on the caller's own authority; the account in its ARN decides before any lookup. */
export function may(access: 'read' | 'write', name: string): (input: OnAuthority) => Permission {
  return ({ CertificateAuthorityArn }) => onOwn(access, name, CertificateAuthorityArn);
}

/** `may` for an operation that calls the member otherwise. */
export function onOwn(access: 'read' | 'write', name: string, { account, text }: AuthorityArn): Permission {
  return { action: `acm-pca:${name}`, access, account, resource: text };
}

/** The same for what can be used on another account's authority, if its policy says so. */
export function mayShare(
  access: 'read' | 'write',
  name: string,
  use: SharedUse,
): (input: OnAuthority, caller: Caller) => Permission {
  const asked = { action: `acm-pca:${name}`, access };
  return ({ CertificateAuthorityArn }, caller) => onAuthority(asked, CertificateAuthorityArn, caller, use);
}

/** How operations on an authority word that there is none. */
export const unknownAuthority = {
  'not-found': refusal<OnAuthority>('ResourceNotFoundException', (_, { CertificateAuthorityArn }) =>
    couldNotFind(CertificateAuthorityArn),
  ),
};

export function couldNotFind({ text }: Pick<AuthorityArn, 'text'>): string {
  return `Could not find Certificate Authority ${text}`;
}

/**
 * Id and region of an authority, for a verb that finds it itself. Throws Fault `not-found` for an ARN of a region
 * other than the one that the request addresses: each region is a service of its own.
 */
export function placeHere({ caller }: Scene<PcaServices>, arn: AuthorityArn): ReturnType<typeof placeOf> {
  if (arn.region !== caller.region) throw notHere(arn);
  return placeOf(arn);
}

/**
 * The authority, if this front shows it: in the region that the request addresses, with its key held here (what is
 * only known by its certificate is a matter of the API that made it). Throws Fault `not-found`.
 */
export async function findHere(scene: Scene<PcaServices>, arn: AuthorityArn): Promise<Authority> {
  const place = placeHere(scene, arn);
  const authority = await scene.services.findAuthority(scene.caller, place.id, { ...place, access: scene.access });
  if (authority.key === undefined) throw notHere(arn);
  return authority;
}

function notHere({ id }: AuthorityArn): Fault {
  return new Fault('not-found', `authority ${id} does not exist here`, { what: 'authority', id });
}
