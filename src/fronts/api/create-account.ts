import { optional, shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { account, accountName } from './shapes.ts';
import { accountView, newAccessKeyView } from './views.ts';

/** A new account and its first administrator's key, whose secret is in this answer and nowhere else. */
export const createAccount = operation({
  name: 'CreateAccount',
  input: shape({ Name: accountName, AccountId: optional(account) }),
  action: operate('CreateAccount'),
  run: async ({ Name, AccountId }, { services }) => {
    const key = services.newAccessKey();
    const wish = { id: AccountId, name: Name, isOperator: false, key };
    return { account: await services.createAccount(wish), key };
  },
  view: ({ account: made, key }) => ({ Account: accountView(made), AccessKey: newAccessKeyView(key) }),
});
