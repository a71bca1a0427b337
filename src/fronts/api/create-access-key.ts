import { flag, optional, shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { account, role, userName } from './shapes.ts';
import { newAccessKeyView } from './views.ts';

/** One more key of an account; its secret is in this answer and nowhere else. */
export const createAccessKey = operation({
  name: 'CreateAccessKey',
  input: shape({ AccountId: optional(account), UserName: userName, Role: role, Operator: optional(flag()) }),
  action: operate('CreateAccessKey'),
  run: ({ AccountId, UserName, Role, Operator }, { services, caller }) =>
    services.createAccessKey({
      account: AccountId ?? caller.account,
      userName: UserName,
      role: Role,
      isOperator: Operator ?? false,
    }),
  view: (key) => ({ AccessKey: newAccessKeyView(key) }),
});
