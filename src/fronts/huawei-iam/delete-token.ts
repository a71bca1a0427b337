import { shape } from '../../wire/huawei-rest/shapes.ts';
import { operation } from './operation.ts';
import { onSelf } from './permissions.ts';
import { subjectToken } from './subject-token.ts';

/** Ends a token before its time. Keystone API v3, DELETE /v3/auth/tokens. */
export const deleteToken = operation({
  name: 'KeystoneRevokeToken',
  method: 'DELETE',
  path: '/v3/auth/tokens',
  status: 204,
  input: shape({ subject_token: subjectToken }),
  // Everybody may end his own; the service asks for more where it is another's.
  action: (_, caller) => onSelf('iam:tokens:delete', caller),
  run: ({ subject_token }, { services, caller }) => services.closeSession(caller, subject_token),
  view: () => undefined,
});
