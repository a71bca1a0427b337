import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { may, operation, unknownAuthority } from './operation.ts';
import { tags } from './shapes.ts';
import { tagsToRemove } from '../../wire/aws-json/tags.ts';
import { findTaggable } from './tags.ts';

/** Removes tags by key; where a value is given, only if it is the tag's. */
export const untagCertificateAuthority = operation({
  name: 'UntagCertificateAuthority',
  input: shape({ CertificateAuthorityArn: authorityArnMember, Tags: tags }),
  action: may('write', 'UntagCertificateAuthority'),
  run: async ({ CertificateAuthorityArn, Tags }, scene) => {
    const resource = await findTaggable(scene, CertificateAuthorityArn);
    await scene.services.removeTags(scene.caller, resource, tagsToRemove(Tags));
  },
  view: () => undefined,
  faults: { ...unknownAuthority, ...deletedState },
});
