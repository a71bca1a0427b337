import { shape } from '../../wire/aws-json/shapes.ts';
import { readTags } from '../../wire/aws-json/tags.ts';
import { refusal } from '../../wire/refusal.ts';
import { certificateArnMember } from './arns.ts';
import { findHere, may, operation, unknownCertificate } from './operation.ts';
import { tags } from './shapes.ts';

/** Adds tags to a certificate, or replaces their values. API page AddTagsToCertificate. */
export const addTagsToCertificate = operation({
  name: 'AddTagsToCertificate',
  input: shape({ CertificateArn: certificateArnMember, Tags: tags }),
  action: may('write', 'AddTagsToCertificate'),
  run: async ({ CertificateArn, Tags }, scene) => {
    const { id } = await findHere(scene, CertificateArn);
    await scene.services.putTags(scene.caller, { kind: 'certificate', id }, readTags(Tags));
  },
  view: () => undefined,
  faults: {
    ...unknownCertificate,
    limit: refusal('TooManyTagsException', 'You can associate up to 50 tags with a certificate.'),
  },
});
