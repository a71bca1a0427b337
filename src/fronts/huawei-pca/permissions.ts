import type { Caller, Permission } from '../../core/account.ts';

/** Asks for an action on a CA; without an id on those that are to be made or listed. */
export function onCa(action: string, access: 'read' | 'write', { domain }: Caller, id = '*'): Permission {
  return { action, access, resource: `pca::${domain}:ca:${id}` };
}

/** Asks for an action on a private certificate; without an id on all of them. */
export function onCertificate(action: string, access: 'read' | 'write', { domain }: Caller, id = '*'): Permission {
  return { action, access, resource: `pca::${domain}:cert:${id}` };
}
