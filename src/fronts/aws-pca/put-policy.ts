import { shape, text } from '../../wire/aws-json/shapes.ts';
import { refusal } from '../../wire/refusal.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { findHere, operation } from './operation.ts';
import { mayOnResource, unknownResource } from './on-resource.ts';
import { assertNoLockout } from './policy-lockout.ts';
import { readResourcePolicy } from './resource-policy.ts';

/** Shares an authority with other accounts by a policy, which replaces the one before and is in force at once. */
export const putPolicy = operation({
  name: 'PutPolicy',
  input: shape({
    ResourceArn: authorityArnMember,
    Policy: text({ min: 1, max: 81_920, pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+' }),
  }),
  action: mayOnResource('write', 'PutPolicy'),
  run: async ({ ResourceArn, Policy }, scene) => {
    const { id, region } = await findHere(scene, ResourceArn);
    assertNoLockout(Policy, ResourceArn, scene.caller);
    const { principals } = readResourcePolicy(Policy, ResourceArn);
    await scene.services.putAuthorityPolicy(scene.caller, { id, region, text: Policy, principals });
  },
  view: () => undefined,
  faults: { ...unknownResource, ...deletedState, malformed: refusal('InvalidPolicyException') },
});
