import { shape } from '../../wire/aws-json/shapes.ts';
import { tagsToRemove } from '../../wire/aws-json/tags.ts';
import { certificateArnMember } from './arns.ts';
import { findHere, may, operation, unknownCertificate } from './operation.ts';
import { tags } from './shapes.ts';

/** Removes tags by key; where a value is given, only if it is the tag's. API page RemoveTagsFromCertificate. */
export const removeTagsFromCertificate = operation({
  name: 'RemoveTagsFromCertificate',
  input: shape({ CertificateArn: certificateArnMember, Tags: tags }),
  action: may('write', 'RemoveTagsFromCertificate'),
  run: async ({ CertificateArn, Tags }, scene) => {
    const { id } = await findHere(scene, CertificateArn);
    await scene.services.removeTags(scene.caller, { kind: 'certificate', id }, tagsToRemove(Tags));
  },
  view: () => undefined,
  faults: unknownCertificate,
});
