import type { Caller, Permission } from '../../core/account.ts';

/** Asks for an action on a certificate; without an id on those that are to be imported or listed. */
export function onCertificate(action: string, access: 'read' | 'write', { domain }: Caller, id = '*'): Permission {
  return { action, access, resource: `scm::${domain}:cert:${id}` };
}
