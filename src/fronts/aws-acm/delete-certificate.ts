import { shape } from '../../wire/aws-json/shapes.ts';
import { certificateArnMember } from './arns.ts';
import { findHere, may, operation, unknownCertificate } from './operation.ts';

/** Removes a certificate with its key; what an authority issued stays on its record. API page DeleteCertificate. */
export const deleteCertificate = operation({
  name: 'DeleteCertificate',
  input: shape({ CertificateArn: certificateArnMember }),
  action: may('write', 'DeleteCertificate'),
  run: async ({ CertificateArn }, scene) => {
    const { id } = await findHere(scene, CertificateArn);
    await scene.services.deleteManagedCertificate(scene.caller, id);
  },
  view: () => undefined,
  faults: unknownCertificate,
});
