import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { may, operation, unknownAuthority } from './operation.ts';
import { tags } from './shapes.ts';
import { readTags } from '../../wire/aws-json/tags.ts';
import { findTaggable, tooManyTags } from './tags.ts';

/** Adds tags to an authority, or replaces their values. */
export const tagCertificateAuthority = operation({
  name: 'TagCertificateAuthority',
  input: shape({ CertificateAuthorityArn: authorityArnMember, Tags: tags }),
  action: may('write', 'TagCertificateAuthority'),
  run: async ({ CertificateAuthorityArn, Tags }, scene) => {
    const resource = await findTaggable(scene, CertificateAuthorityArn);
    await scene.services.putTags(scene.caller, resource, readTags(Tags));
  },
  view: () => undefined,
  faults: { ...unknownAuthority, ...deletedState, ...tooManyTags },
});
