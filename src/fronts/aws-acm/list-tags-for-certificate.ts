import { shape } from '../../wire/aws-json/shapes.ts';
import { viewTag } from '../../wire/aws-json/tags.ts';
import { certificateArnMember } from './arns.ts';
import { findHere, may, operation, unknownCertificate } from './operation.ts';

/** The tags of a certificate in the order of their keys. API page ListTagsForCertificate. */
export const listTagsForCertificate = operation({
  name: 'ListTagsForCertificate',
  input: shape({ CertificateArn: certificateArnMember }),
  action: may('read', 'ListTagsForCertificate'),
  run: async ({ CertificateArn }, scene) => {
    const { id } = await findHere(scene, CertificateArn);
    return scene.services.listTags(scene.caller, { kind: 'certificate', id });
  },
  view: (tags) => ({ Tags: tags.map(viewTag) }),
  faults: unknownCertificate,
});
