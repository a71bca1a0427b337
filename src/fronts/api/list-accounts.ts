import { shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { accountView } from './views.ts';

/** Every account of this server, oldest first. */
export const listAccounts = operation({
  name: 'ListAccounts',
  input: shape({}),
  action: operate('ListAccounts'),
  run: (_input, { services }) => services.listAccounts(),
  view: (accounts) => ({ Accounts: accounts.map(accountView) }),
});
