/**
 * The operator's front: accounts, access keys and settings of this server, in AWS's JSON dialect under a target
 * prefix and a signing name of our own (`Chancery`, `chancery`). Every operation but reading one's own server demands
 * an operator's key; secrets are returned once, by the operation that makes them.
 */
import type { Permission } from '../../core/account.ts';
import type { Services } from '../../services/bind.ts';
import type { ObjectLinks } from '../../wire/http/object-links.ts';
import { operationsOf } from '../../wire/operation.ts';

/** What this front's operations work with. */
export type ApiServices = Services & { readonly objectLinks: ObjectLinks };

export const operation = operationsOf<ApiServices>();

/** All of these are the operator's. */
export function operate(name: string): () => Permission {
  return () => ({ action: `chancery:${name}`, access: 'operate', resource: '*' });
}
