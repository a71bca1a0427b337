import { enumeration, optional, shape } from '../../wire/aws-json/shapes.ts';
import { operation } from './operation.ts';
import { nextToken, pageOf } from './pages.ts';
import { pageMembers } from './shapes.ts';
import { viewAuthority } from './views.ts';

/** The account's authorities in the addressed region, oldest first. Nothing is shared by other accounts. */
export const listCertificateAuthorities = operation({
  name: 'ListCertificateAuthorities',
  input: shape({ ...pageMembers, ResourceOwner: optional(enumeration(['SELF', 'OTHER_ACCOUNTS'])) }),
  action: () => ({ action: 'acm-pca:ListCertificateAuthorities', access: 'read', resource: '*' }),
  run: async (input, scene) => {
    const page = pageOf(scene, listOf(input), input);
    if (input.ResourceOwner === 'OTHER_ACCOUNTS') return { items: [] };
    return scene.services.pageAuthorities(scene.caller, { region: scene.caller.region, ...page });
  },
  view: ({ items, next }, input, scene) => ({
    CertificateAuthorities: items.map((authority) => viewAuthority(authority, scene.services.now())),
    NextToken: nextToken(scene, listOf(input), next),
  }),
});

function listOf({ ResourceOwner: owner = 'SELF' }: { ResourceOwner?: string }): string {
  return `ListCertificateAuthorities:${owner}`;
}
