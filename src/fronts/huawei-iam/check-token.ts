import { shape } from '../../wire/huawei-rest/shapes.ts';
import { Reply } from '../../wire/reply.ts';
import { operation } from './operation.ts';
import { onSelf } from './permissions.ts';
import { subjectToken } from './subject-token.ts';

/** Whether a token of the own account is valid, without a document. Keystone API v3, HEAD /v3/auth/tokens. */
export const checkToken = operation({
  name: 'KeystoneCheckToken',
  method: 'HEAD',
  path: '/v3/auth/tokens',
  input: shape({ subject_token: subjectToken }),
  action: (_, caller) => onSelf('iam:tokens:get', caller),
  run: ({ subject_token }, { services, caller }) => services.findSession(caller, subject_token),
  view: () => Reply.json(undefined, { status: 200 }),
});
