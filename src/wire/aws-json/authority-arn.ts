/** The ARN of an authority: both AWS services name authorities by it. */
import { type AccountId, accountId, type AuthorityId, authorityId, region, type Region } from '../../core/ids.ts';
import { partitionOf } from './partition.ts';
import type { Arn } from './shapes.ts';

/** An ARN that could name an authority; whether it does is for a lookup to say. */
export interface AuthorityArn {
  readonly text: string;
  readonly region: Region;
  readonly account: AccountId;
  readonly id: AuthorityId;
}

/** `arn:<partition>:acm-pca:<region>:<account>:certificate-authority/<uuid>`; undefined when it is another ARN. */
export function readAuthorityArn(arn: Arn): AuthorityArn | undefined {
  const [kind, id = '', ...rest] = arn.resource.split('/');
  if (arn.service !== 'acm-pca' || kind !== 'certificate-authority' || rest.length > 0) return undefined;
  if (!uuid.test(id) || !account.test(arn.account) || !regionName.test(arn.region)) return undefined;
  const inRegion = region(arn.region);
  if (arn.partition !== partitionOf(inRegion)) return undefined;
  return { text: arn.text, region: inRegion, account: accountId(arn.account), id: authorityId(id) };
}

export function authorityArn(authority: { region: Region; account: AccountId; id: AuthorityId }): string {
  const { region: at, account: owner, id } = authority;
  return `arn:${partitionOf(at)}:acm-pca:${at}:${owner}:certificate-authority/${id}`;
}

// The shapes that core/ids gives a brand to; asked first, because a foreign ARN is no fault of the domain.
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const account = /^[0-9]{12}$/;
const regionName = /^[a-z]{2}(-[a-z0-9]+){1,4}$/;
