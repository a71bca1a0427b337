import { accountId } from '../../core/ids.ts';
import { optional, shape } from '../../wire/aws-json/shapes.ts';
import { refusal } from '../../wire/refusal.ts';
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { authorityArnMember } from './arns.ts';
import { deletedState } from './deleted-state.ts';
import { couldNotFind, findHere, may, operation } from './operation.ts';
import { principal, sourceAccount } from './permission-shapes.ts';

/** Takes the permission of a service away. */
export const deletePermission = operation({
  name: 'DeletePermission',
  input: shape({
    CertificateAuthorityArn: authorityArnMember,
    Principal: principal,
    SourceAccount: optional(sourceAccount),
  }),
  action: may('write', 'DeletePermission'),
  run: async ({ CertificateAuthorityArn, Principal, SourceAccount }, scene) => {
    const { id, region, account } = await findHere(scene, CertificateAuthorityArn);
    await scene.services.deleteServicePermission(scene.caller, {
      id,
      region,
      principal: Principal,
      sourceAccount: accountId(SourceAccount ?? account),
    });
  },
  view: () => undefined,
  faults: {
    ...deletedState,
    'not-found': refusal('ResourceNotFoundException', ({ what }, input: NamedPermission) =>
      what === 'permission'
        ? `Could not find a permission of ${input.Principal} on Certificate Authority ${input.CertificateAuthorityArn.text}`
        : couldNotFind(input.CertificateAuthorityArn),
    ),
  },
});

interface NamedPermission {
  readonly CertificateAuthorityArn: AuthorityArn;
  readonly Principal: string;
}
