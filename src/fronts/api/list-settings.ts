import { optional, shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { account } from './shapes.ts';

/** What was set for the server, or for one account. */
export const listSettings = operation({
  name: 'ListSettings',
  input: shape({ AccountId: optional(account) }),
  action: operate('ListSettings'),
  run: ({ AccountId }, { services }) => services.listSettings(AccountId),
  view: (settings) => ({
    Settings: settings.map(({ name, value, account: owner }) => ({ Name: name, Value: value, AccountId: owner })),
  }),
});
