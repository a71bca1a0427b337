/**
 * Patterns of actions, ARNs and values: `*` stands for any number of characters, `?` for one. Neither crosses a `:`, so
 * that `arn:aws:acm-pca:*:111122223333:certificate-authority/*` can never come to mean another account or service; the
 * pattern `*` alone stands for everything. AWS lets a `*` in a Resource cross segments: a policy here says no more than
 * it says there.
 */
import { any, trilean, type Trilean } from './trilean.ts';

/** Whether one of the patterns matches. `unknown`: none does, and one has a policy variable, which is not filled in. */
export function matchesAny(patterns: readonly string[], value: string): Trilean {
  return any(patterns, (pattern) => (hasVariable(pattern) ? 'unknown' : trilean(matches(pattern, value))));
}

/** `${aws:username}` and its like. */
export function hasVariable(pattern: string): boolean {
  return pattern.includes('${');
}

export function matches(pattern: string, value: string): boolean {
  if (pattern === '*') return true;
  const parts = pattern.split(':');
  const found = value.split(':');
  return parts.length === found.length && parts.every((part, at) => matchesPart(part, found[at] ?? ''));
}

/** Without a regular expression and its backtracking: at most pattern × value steps, whatever a policy holds. */
function matchesPart(pattern: string, value: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let here = 0; here < value.length; ) {
    if (pattern[at] === '*') {
      star = at;
      resume = here;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === value[here])) {
      at += 1;
      here += 1;
    } else if (star >= 0) {
      resume += 1;
      here = resume;
      at = star + 1;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
