import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { mayOnResource, unknownResource } from './on-resource.ts';
import { findHere, operation } from './operation.ts';

/** Ends every use by other accounts at once; a success too when there is no policy. */
export const deletePolicy = operation({
  name: 'DeletePolicy',
  input: shape({ ResourceArn: authorityArnMember }),
  action: mayOnResource('write', 'DeletePolicy'),
  run: async ({ ResourceArn }, scene) => {
    const { id, region } = await findHere(scene, ResourceArn);
    await scene.services.deleteAuthorityPolicy(scene.caller, { id, region });
  },
  view: () => undefined,
  faults: { ...unknownResource, ...deletedState },
});
