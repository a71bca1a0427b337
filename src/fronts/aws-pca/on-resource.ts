/** Operations that name their authority `ResourceArn`: those on policies. */
import type { Permission } from '../../core/account.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { refusal } from '../../wire/refusal.ts';
import { couldNotFind, onOwn } from './operation.ts';

interface OnResource {
  readonly ResourceArn: AuthorityArn;
}

/** `acm-pca:<operation>` on the owner's authority: a policy is never another account's affair. */
export function mayOnResource(access: 'read' | 'write', name: string): (input: OnResource) => Permission {
  return ({ ResourceArn }) => onOwn(access, name, ResourceArn);
}

/** There is no such authority, or it has no policy. */
export const unknownResource = {
  'not-found': refusal('ResourceNotFoundException', ({ what }, { ResourceArn }: OnResource) =>
    what === 'policy'
      ? `Could not find a policy attached to Certificate Authority ${ResourceArn.text}`
      : couldNotFind(ResourceArn),
  ),
};
