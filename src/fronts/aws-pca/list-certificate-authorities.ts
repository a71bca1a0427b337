import type { Authority } from '../../core/authority.ts';
import { type AuthorityArn, authorityArn } from '../../wire/aws-json/authority-arn.ts';
import { onAuthority } from '../../wire/aws-json/shared-authority.ts';
import { enumeration, optional, shape } from '../../wire/aws-json/shapes.ts';
import { operation } from './operation.ts';
import { nextToken, pageOf } from './pages.ts';
import { pageMembers } from './shapes.ts';
import { viewAuthority } from './views.ts';

/** The account's authorities in the addressed region, oldest first; or those of others whose policy shows them to it. */
export const listCertificateAuthorities = operation({
  name: 'ListCertificateAuthorities',
  input: shape({ ...pageMembers, ResourceOwner: optional(enumeration(['SELF', 'OTHER_ACCOUNTS'])) }),
  action: () => ({ action: 'acm-pca:ListCertificateAuthorities', access: 'read', resource: '*' }),
  run: async (input, scene) => {
    const page = pageOf(scene, listOf(input), input);
    const { services, caller } = scene;
    if (input.ResourceOwner !== 'OTHER_ACCOUNTS') {
      return services.pageAuthorities(caller, { region: caller.region, ...page });
    }
    const permissionOn = (authority: Authority) => onAuthority(describing, arnOf(authority), caller, 'see');
    return services.pageSharedAuthorities(caller, { region: caller.region, ...page, permissionOn });
  },
  view: ({ items, next }, input, scene) => ({
    CertificateAuthorities: items.map((authority) => viewAuthority(authority, scene.services.now())),
    NextToken: nextToken(scene, listOf(input), next),
  }),
});

function listOf({ ResourceOwner: owner = 'SELF' }: { ResourceOwner?: string }): string {
  return `ListCertificateAuthorities:${owner}`;
}

/** What an authority of the list is shown by. */
const describing = { action: 'acm-pca:DescribeCertificateAuthority', access: 'read' } as const;

function arnOf(authority: Authority): AuthorityArn {
  const { id, account, region } = authority;
  return { text: authorityArn(authority), id, account, region };
}
