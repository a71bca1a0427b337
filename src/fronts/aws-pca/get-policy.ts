import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { mayOnResource, unknownResource } from './on-resource.ts';
import { findHere, operation } from './operation.ts';

/** The policy of an authority, letter for letter as it was put. */
export const getPolicy = operation({
  name: 'GetPolicy',
  input: shape({ ResourceArn: authorityArnMember }),
  action: mayOnResource('read', 'GetPolicy'),
  run: async ({ ResourceArn }, scene) => {
    const { id, region } = await findHere(scene, ResourceArn);
    return scene.services.findAuthorityPolicy(scene.caller, { id, region });
  },
  view: (Policy) => ({ Policy }),
  faults: { ...unknownResource, ...deletedState },
});
