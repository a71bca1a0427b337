import { integer, optional, shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { findHere, may, operation, unknownAuthority } from './operation.ts';
import { notDeletable } from './state-sentences.ts';

/** Deletes an authority that is not active: restorable for 7 to 30 days, one that never came to be for good at once. */
export const deleteCertificateAuthority = operation({
  name: 'DeleteCertificateAuthority',
  input: shape({
    CertificateAuthorityArn: authorityArnMember,
    PermanentDeletionTimeInDays: optional(integer({ min: 7, max: 30 })),
  }),
  action: may('write', 'DeleteCertificateAuthority'),
  run: async ({ CertificateAuthorityArn, PermanentDeletionTimeInDays = 30 }, scene) => {
    const { id, region } = await findHere(scene, CertificateAuthorityArn);
    await scene.services.deleteAuthority(scene.caller, {
      id,
      region,
      from: ['creating', 'pending', 'disabled', 'expired', 'failed'],
      purge: ['creating', 'failed'],
      restorableDays: PermanentDeletionTimeInDays,
    });
  },
  view: () => undefined,
  faults: { ...unknownAuthority, ...notDeletable },
});
