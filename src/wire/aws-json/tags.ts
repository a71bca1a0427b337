/** Tags as the AWS services that we speak take and give them: `[{ Key, Value? }]`, one rule for all. */
import type { Tag } from '../../core/tag.ts';
import { Refusal } from '../refusal.ts';

export interface TagShape {
  readonly Key: string;
  readonly Value?: string;
}

/** Tags to put on a resource. Refusal `InvalidTagException`: the reserved prefix `aws:`, or a key given twice. */
export function readTags(tags: readonly TagShape[]): readonly Tag[] {
  const seen = new Set<string>();
  for (const { Key: key } of tags) {
    refuseReserved(key);
    if (seen.has(key)) throw new Refusal('InvalidTagException', `The tag key ${key} is given more than once.`);
    seen.add(key);
  }
  return tags.map(({ Key, Value = '' }) => ({ key: Key, value: Value }));
}

/** Tags to remove: without a value whatever the value is. Refusal `InvalidTagException`: the reserved prefix `aws:`. */
export function tagsToRemove(tags: readonly TagShape[]): readonly { key: string; value?: string }[] {
  for (const { Key: key } of tags) refuseReserved(key);
  return tags.map(({ Key, Value }) => (Value === undefined ? { key: Key } : { key: Key, value: Value }));
}

export function viewTag({ key, value }: Tag): TagShape {
  return { Key: key, Value: value };
}

function refuseReserved(key: string): void {
  if (!/^aws:/i.test(key)) return;
  throw new Refusal('InvalidTagException', `The tag key ${key} is not valid: aws: prefixed tag keys are reserved.`);
}
