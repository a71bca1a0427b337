import type { Caller, Permission } from '../../core/account.ts';

/** What everybody may ask about himself. */
export function onSelf(action: string, { domain }: Caller): Permission {
  return { action, access: 'read', resource: `iam::${domain}:*` };
}
