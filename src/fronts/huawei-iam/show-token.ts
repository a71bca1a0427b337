import { shape } from '../../wire/huawei-rest/shapes.ts';
import { Reply } from '../../wire/reply.ts';
import { operation } from './operation.ts';
import { onSelf } from './permissions.ts';
import { subjectToken } from './subject-token.ts';
import { tokenView } from './token-view.ts';

/** What a token of the own account stands for, and so whether it is valid. IAM API Reference, Verifying a Token. */
export const showToken = operation({
  name: 'KeystoneValidateToken',
  method: 'GET',
  path: '/v3/auth/tokens',
  input: shape({ subject_token: subjectToken }),
  action: (_, caller) => onSelf('iam:tokens:get', caller),
  run: ({ subject_token }, { services, caller }) => services.findSession(caller, subject_token),
  view: (known, { subject_token }) => Reply.json(tokenView(known), { headers: { 'x-subject-token': subject_token } }),
});
