import type { Caller } from '../../core/account.ts';
import type { Scene } from '../../wire/operation.ts';
import { Refusal } from '../../wire/refusal.ts';
import type { AcmServices } from './operation.ts';

interface PageInput {
  readonly MaxItems?: number;
  readonly NextToken?: string;
}

/** Which page is asked for. Throws Refusal `InvalidArgsException` for a token of another list, account or server. */
export function pageOf(
  { services, caller }: Scene<AcmServices>,
  list: string,
  { MaxItems: limit = longestPage, NextToken: token }: PageInput,
): { limit: number; after?: string } {
  if (token === undefined) return { limit };
  const after = services.pageTokens.open(scopeOf(caller, list), token);
  if (after !== undefined) return { limit, after };
  throw new Refusal(
    'InvalidArgsException',
    'The NextToken is not valid. Use the token returned from your previous call with the same filters.',
  );
}

/** The token of the page after; undefined after the last one. */
export function nextToken({ services, caller }: Scene<AcmServices>, list: string, next: string | undefined) {
  return next === undefined ? undefined : services.pageTokens.seal(scopeOf(caller, list), next);
}

/** Each region has lists of its own. */
function scopeOf(caller: Caller, list: string) {
  return { list: `acm:${caller.region}:${list}`, account: caller.account };
}

/** The vendor documents no default; the longest page serves those who forget to ask for the next. */
const longestPage = 1000;
