import type { ServicePermission } from '../../core/sharing.ts';
import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { mayShare, operation, placeHere, unknownAuthority } from './operation.ts';
import { nextToken, pageOf } from './pages.ts';
import { viewPermission } from './permission-shapes.ts';
import { pageMembers } from './shapes.ts';

/** What ACM may do with an authority, by pages; also for an account that the authority is shared with. */
export const listPermissions = operation({
  name: 'ListPermissions',
  input: shape({ ...pageMembers, CertificateAuthorityArn: authorityArnMember }),
  action: mayShare('read', 'ListPermissions', 'see'),
  run: async (input, scene) => {
    const { limit, after } = pageOf(scene, listOf(input), input);
    const place = placeHere(scene, input.CertificateAuthorityArn);
    const all = await scene.services.listServicePermissions(scene.caller, { ...place, access: scene.access });
    return pageAfter(all, limit, after);
  },
  view: ({ items, next }, input, scene) => ({
    Permissions: items.map((permission) => viewPermission(input.CertificateAuthorityArn.text, permission)),
    NextToken: nextToken(scene, listOf(input), next),
  }),
  faults: { ...unknownAuthority, ...deletedState },
});

function listOf({ CertificateAuthorityArn: { id } }: { CertificateAuthorityArn: { id: string } }): string {
  return `ListPermissions:${id}`;
}

/** They come in the order of their names. */
function pageAfter(all: readonly ServicePermission[], limit: number, after = '') {
  const rest = all.filter((permission) => nameOf(permission) > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return rest.length > limit && last !== undefined ? { items, next: nameOf(last) } : { items };
}

function nameOf({ principal, sourceAccount }: ServicePermission): string {
  return `${principal} ${sourceAccount}`;
}
