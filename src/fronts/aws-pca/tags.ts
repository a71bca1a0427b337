import type { TaggedResource } from '../../core/commands.ts';
import { Fault } from '../../core/fault.ts';
import type { Tag } from '../../core/tag.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import type { Scene } from '../../wire/operation.ts';
import { refusal, Refusal } from '../../wire/refusal.ts';
import { findHere, type PcaServices } from './operation.ts';

interface TagShape {
  readonly Key: string;
  readonly Value?: string;
}

/** The authority as what tags hang on. Throws Fault `not-found`, and `wrong-state` of a deleted one. */
export async function findTaggable(scene: Scene<PcaServices>, arn: AuthorityArn): Promise<TaggedResource> {
  const { id, state } = await findHere(scene, arn);
  if (state.kind === 'deleted') throw new Fault('wrong-state', 'the authority is deleted');
  return { kind: 'authority', id };
}

/** Tags to put on an authority. Refusal `InvalidTagException`: the reserved prefix `aws:`, or a key given twice. */
export function readTags(tags: readonly TagShape[]): readonly Tag[] {
  const seen = new Set<string>();
  for (const { Key: key } of tags) {
    if (/^aws:/i.test(key)) {
      throw new Refusal('InvalidTagException', `The tag key ${key} is not valid: aws: prefixed tag keys are reserved.`);
    }
    if (seen.has(key)) throw new Refusal('InvalidTagException', `The tag key ${key} is given more than once.`);
    seen.add(key);
  }
  return tags.map(({ Key, Value = '' }) => ({ key: Key, value: Value }));
}

/** Tags to remove: without a value whatever the value is. */
export function tagsToRemove(tags: readonly TagShape[]): readonly { key: string; value?: string }[] {
  return tags.map(({ Key, Value }) => (Value === undefined ? { key: Key } : { key: Key, value: Value }));
}

export function viewTag({ key, value }: Tag): TagShape {
  return { Key: key, Value: value };
}

/** How tagging words the limit of a resource. */
export const tooManyTags = {
  limit: refusal('TooManyTagsException', 'You can associate up to 50 tags with a private CA.'),
};
