import { accountId } from '../../core/ids.ts';
import { optional, shape } from '../../wire/aws-json/shapes.ts';
import { refusal, Refusal } from '../../wire/refusal.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { findHere, may, operation, unknownAuthority } from './operation.ts';
import { acm, actions, principal, sourceAccount } from './permission-shapes.ts';

/** Lets ACM renew what it requested from an authority of its own account. It is kept and shown. */
export const createPermission = operation({
  name: 'CreatePermission',
  input: shape({
    CertificateAuthorityArn: authorityArnMember,
    Principal: principal,
    SourceAccount: optional(sourceAccount),
    Actions: actions,
  }),
  action: may('write', 'CreatePermission'),
  run: async ({ CertificateAuthorityArn, Principal, SourceAccount, Actions }, scene) => {
    const { id, region, account } = await findHere(scene, CertificateAuthorityArn);
    // The service's sentences for these two are not known, nor is the exception.
    if (Principal !== acm) {
      throw new Refusal(
        'ValidationException',
        `The principal ${Principal} is not valid. The only valid one is ${acm}.`,
      );
    }
    if (SourceAccount !== undefined && SourceAccount !== account) {
      throw new Refusal('ValidationException', 'The source account must be the account of the private CA.');
    }
    await scene.services.createServicePermission(scene.caller, {
      id,
      region,
      principal: Principal,
      sourceAccount: accountId(SourceAccount ?? account),
      actions: Actions,
    });
  },
  view: () => undefined,
  faults: {
    ...unknownAuthority,
    ...deletedState,
    'already-exists': refusal(
      'PermissionAlreadyExistsException',
      'The designated permission has already been given to the user.',
    ),
  },
});
