import type { Permission } from '../../core/account.ts';
import type { ManagedCertificate } from '../../core/certificate.ts';
import { Fault } from '../../core/fault.ts';
import type { Services } from '../../services/bind.ts';
import { operationsOf, type Scene } from '../../wire/operation.ts';
import type { PageTokens } from '../../wire/page-token.ts';
import { refusal } from '../../wire/refusal.ts';
import type { CertificateArn } from './arns.ts';

/** What this front's operations work with. */
export type AcmServices = Services & { readonly pageTokens: PageTokens };

export const operation = operationsOf<AcmServices>();

/** Inputs that name a certificate. */
export interface OnCertificate {
  readonly CertificateArn: CertificateArn;
}

/** `acm:<operation>` on the certificate of the input; the account in its ARN decides before any lookup. */
export function may(access: 'read' | 'write', name: string): (input: OnCertificate) => Permission {
  return ({ CertificateArn: { account, text } }) => ({ action: `acm:${name}`, access, account, resource: text });
}

/** How operations on a certificate word that there is none. */
export const unknownCertificate = {
  'not-found': refusal<{ readonly CertificateArn?: CertificateArn }>(
    'ResourceNotFoundException',
    (_, { CertificateArn: arn }) => `Could not find certificate ${arn?.text ?? ''}.`,
  ),
};

/**
 * The certificate in the region that the request addresses: each region is a service of its own.
 * Throws Fault `not-found`.
 */
export async function findHere(
  { services, caller }: Scene<AcmServices>,
  { id, region }: CertificateArn,
): Promise<ManagedCertificate> {
  if (id === undefined || region !== caller.region) {
    throw new Fault('not-found', 'the certificate does not exist here', { what: 'certificate' });
  }
  return services.findManagedCertificate(caller, { id, region: caller.region });
}
