import type { TaggedResource } from '../../core/tag.ts';
import type { AccountId } from '../../core/ids.ts';

export interface TagTable {
  account: AccountId;
  kind: TaggedResource['kind'];
  resource: TaggedResource['id'];
  key: string;
  value: string;
}
