import type { Authority, AuthorityVendorFields } from '../../core/authority.ts';
import type { KeyUsage } from '../../core/profile.ts';
import { enumeration, optional, shape } from '../../wire/aws-json/shapes.ts';
import { Refusal } from '../../wire/refusal.ts';
import { readCertificate } from '../../x509/certificate.ts';
import { authorityArnMember } from './arns.ts';
import { findHere, may, operation, unknownAuthority } from './operation.ts';
import { checkRevocation, mergeRevocation, revocationSettings } from './revocation-configuration.ts';
import { revocationConfiguration } from './shapes.ts';
import { notUpdatable } from './state-sentences.ts';
import { statusNames } from './views.ts';

/** Allows or stops issuing, and keeps a revocation configuration; what is not given stays as it is. */
export const updateCertificateAuthority = operation({
  name: 'UpdateCertificateAuthority',
  input: shape({
    CertificateAuthorityArn: authorityArnMember,
    RevocationConfiguration: optional(revocationConfiguration),
    Status: optional(
      enumeration(['CREATING', 'PENDING_CERTIFICATE', 'ACTIVE', 'DELETED', 'DISABLED', 'EXPIRED', 'FAILED']),
    ),
  }),
  action: may('write', 'UpdateCertificateAuthority'),
  run: async ({ CertificateAuthorityArn, RevocationConfiguration: revocation, Status }, scene) => {
    const authority = await findHere(scene, CertificateAuthorityArn);
    const { id, region } = authority;
    if (revocation !== undefined) checkRevocation(revocation, usagesOf(authority));
    await scene.services.updateAuthority(scene.caller, {
      id,
      region,
      from: ['active', 'disabled'],
      state: stateOf(Status),
      vendor:
        revocation === undefined
          ? undefined
          : ({ aws }: AuthorityVendorFields) => ({
              aws: { ...aws, revocationConfiguration: mergeRevocation(aws?.revocationConfiguration, revocation) },
            }),
      ...(revocation !== undefined && {
        revocation: ({ aws }: AuthorityVendorFields) => revocationSettings(aws?.revocationConfiguration),
      }),
    });
  },
  view: () => undefined,
  faults: { ...unknownAuthority, ...notUpdatable },
});

/** Of its certificate, where whoever signed it may have chosen other usages than were asked for. */
function usagesOf({ certificate, keyUsages }: Authority): readonly KeyUsage[] {
  return certificate === undefined ? keyUsages : (readCertificate(certificate.der).keyUsage ?? []);
}

function stateOf(status: string | undefined): 'active' | 'disabled' | undefined {
  switch (status) {
    case undefined:
      return undefined;
    case statusNames.active:
      return 'active';
    case statusNames.disabled:
      return 'disabled';
    default:
      throw new Refusal(
        'InvalidArgsException',
        'The status of a certificate authority can be updated to ACTIVE or DISABLED only.',
      );
  }
}
