import type { Caller } from '../../core/account.ts';
import type { CertificateBody, IssuedCertificate, ManagedCertificate } from '../../core/certificate.ts';
import { Fault } from '../../core/fault.ts';
import { type CertificateId, serialNumber, uuidAsSerial } from '../../core/ids.ts';
import type { Revocation } from '../../core/revocation.ts';
import type { Services } from '../../services/bind.ts';
import { gone } from './refusals.ts';

/** A private certificate as this API sees it: with its key here, or issued from a CSR. */
export type PrivateCertificate =
  | {
      readonly kind: 'held';
      readonly certificate: ManagedCertificate;
      readonly body: CertificateBody;
      readonly revocation: Revocation | undefined;
    }
  | { readonly kind: 'issued'; readonly certificate: IssuedCertificate };

/** The bytes and the life of either. */
export function bodyOf(found: PrivateCertificate): Pick<CertificateBody, 'der' | 'validity'> {
  return found.kind === 'held' ? found.body : found.certificate;
}

/**
 * The certificate that a UUID names: a managed one that an authority of this house issued, else the one whose serial
 * number it spells, if it was issued from a CSR, is no authority's and was not deleted. Refuses what is not there.
 */
export async function findCertificate(
  services: Pick<Services, 'findManagedCertificate' | 'findIssuedCertificate'>,
  caller: Caller,
  id: CertificateId,
): Promise<PrivateCertificate> {
  const managed = await unlessAbsent(services.findManagedCertificate(caller, { id }));
  if (managed !== undefined) {
    const { origin, body } = managed;
    if (origin === 'imported' || body === undefined) throw gone();
    const { revocation } = await services.findIssuedCertificate(caller, serialNumber(body.serial));
    return { kind: 'held', certificate: managed, body, revocation };
  }
  const issued = await unlessAbsent(services.findIssuedCertificate(caller, uuidAsSerial(id), { listed: true }));
  if (issued === undefined || issued.isAuthority || issued.managed !== undefined) throw gone();
  return { kind: 'issued', certificate: issued };
}

async function unlessAbsent<Found>(search: Promise<Found>): Promise<Found | undefined> {
  try {
    return await search;
  } catch (cause) {
    if (cause instanceof Fault && cause.kind === 'not-found') return undefined;
    throw cause;
  }
}
