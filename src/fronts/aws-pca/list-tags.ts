import type { Tag } from '../../core/tag.ts';
import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { mayShare, operation, unknownAuthority } from './operation.ts';
import { nextToken, pageOf } from './pages.ts';
import { pageMembers } from './shapes.ts';
import { findTaggable } from './tags.ts';
import { viewTag } from '../../wire/aws-json/tags.ts';

/** The tags of an authority in the order of their keys, by pages; a page's token names the last key before it. */
export const listTags = operation({
  name: 'ListTags',
  input: shape({ ...pageMembers, CertificateAuthorityArn: authorityArnMember }),
  action: mayShare('read', 'ListTags', 'see'),
  run: async (input, scene) => {
    const { limit, after } = pageOf(scene, listOf(input), input);
    const resource = await findTaggable(scene, input.CertificateAuthorityArn);
    const tags = await scene.services.listTags(scene.caller, resource, scene.access);
    return pageAfter(tags, limit, after);
  },
  view: ({ items, next }, input, scene) => ({
    Tags: items.map(viewTag),
    NextToken: nextToken(scene, listOf(input), next),
  }),
  faults: { ...unknownAuthority, ...deletedState },
});

function listOf({ CertificateAuthorityArn: { id } }: { CertificateAuthorityArn: { id: string } }): string {
  return `ListTags:${id}`;
}

function pageAfter(tags: readonly Tag[], limit: number, after: string | undefined): { items: Tag[]; next?: string } {
  const rest = tags
    .filter(({ key }) => after === undefined || key > after)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const items = rest.slice(0, limit);
  return rest.length > limit ? { items, next: items.at(-1)?.key } : { items };
}
