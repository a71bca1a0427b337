import type { Account, Caller } from '../../core/account.ts';
import type { Session } from '../../core/session.ts';
import { projectOf } from '../../services/sessions/project-of.ts';
import { optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { refused } from './refusals.ts';

const named = optional(shape({ id: optional(text()), name: optional(text()) }));

/** `auth.scope`: a project or a domain, by id or name. A project wins; nothing at all means the domain. */
export const scopeShape = shape({ project: named, domain: named });

interface Asked {
  readonly project?: { readonly id?: string; readonly name?: string };
  readonly domain?: { readonly id?: string; readonly name?: string };
}

/** What the token will be good for. Refuses every project and domain but the caller's own. */
export function scopeOf({ project, domain }: Asked, caller: Caller, account: Account): Session['scope'] {
  if (project !== undefined) {
    const own = { id: projectOf(caller.domain, caller.region), name: caller.region };
    if (!isMeant(project, own)) throw refused(404, 'Could not find project.');
    return { kind: 'project', region: caller.region };
  }
  if (domain !== undefined && !isMeant(domain, { id: account.domain, name: account.name })) {
    throw refused(404, 'Could not find domain.');
  }
  return { kind: 'domain' };
}

/** Whatever is said agrees; empty strings say nothing. */
function isMeant(said: { id?: string; name?: string }, own: { id: string; name: string }): boolean {
  const { id = '', name = '' } = said;
  return (id === '' || id === own.id) && (name === '' || name === own.name);
}
