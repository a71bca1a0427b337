import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { findHere, may, operation, unknownAuthority } from './operation.ts';
import { notRestorable } from './state-sentences.ts';

/** Takes a deletion back while its period lasts; an authority that had a certificate comes back DISABLED. */
export const restoreCertificateAuthority = operation({
  name: 'RestoreCertificateAuthority',
  input: shape({ CertificateAuthorityArn: authorityArnMember }),
  action: may('write', 'RestoreCertificateAuthority'),
  run: async ({ CertificateAuthorityArn }, scene) => {
    const { id, region } = await findHere(scene, CertificateAuthorityArn);
    await scene.services.restoreAuthority(scene.caller, { id, region });
  },
  view: () => undefined,
  faults: { ...unknownAuthority, ...notRestorable },
});
