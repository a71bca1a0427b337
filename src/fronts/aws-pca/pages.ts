import type { Caller } from '../../core/account.ts';
import type { Scene } from '../../wire/operation.ts';
import { Refusal } from '../../wire/refusal.ts';
import type { PcaServices } from './operation.ts';

interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/**
 * Which page is asked for. Throws Refusal `InvalidNextTokenException` for a token of another list, account or server; its
 * sentence is the model's of ListCertificateAuthorities, for other operations and for ListTags the exception unverified.
 *
 * @param list begins with the operation's name and a colon
 */
export function pageOf(
  { services, caller }: Scene<PcaServices>,
  list: string,
  { MaxResults: limit = longestPage, NextToken: token }: PageInput,
): { limit: number; after?: string } {
  if (token === undefined) return { limit };
  const after = services.pageTokens.open(scopeOf(caller, list), token);
  if (after !== undefined) return { limit, after };
  throw new Refusal(
    'InvalidNextTokenException',
    `The token specified in the NextToken argument is not valid. Use the token returned from your previous call to ${list.split(':')[0]}.`,
  );
}

/** The token of the page after; undefined after the last one. */
export function nextToken({ services, caller }: Scene<PcaServices>, list: string, next: string | undefined) {
  return next === undefined ? undefined : services.pageTokens.seal(scopeOf(caller, list), next);
}

/** Each region has lists of its own. */
function scopeOf(caller: Caller, list: string) {
  return { list: `acm-pca:${caller.region}:${list}`, account: caller.account };
}

/** The vendor documents no default; the longest page serves those who forget to ask for the next. */
const longestPage = 1000;
