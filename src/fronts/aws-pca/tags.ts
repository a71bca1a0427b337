import type { TaggedResource } from '../../core/tag.ts';
import { Fault } from '../../core/fault.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import type { Scene } from '../../wire/operation.ts';
import { refusal } from '../../wire/refusal.ts';
import { findHere, type PcaServices } from './operation.ts';

/** The authority as what tags hang on. Throws Fault `not-found`, and `wrong-state` of a deleted one. */
export async function findTaggable(scene: Scene<PcaServices>, arn: AuthorityArn): Promise<TaggedResource> {
  const { id, state } = await findHere(scene, arn);
  if (state.kind === 'deleted') throw new Fault('wrong-state', 'the authority is deleted');
  return { kind: 'authority', id };
}

/** How tagging words the limit of a resource. */
export const tooManyTags = {
  limit: refusal('TooManyTagsException', 'You can associate up to 50 tags with a private CA.'),
};
