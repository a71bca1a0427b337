import { flag, shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { account } from './shapes.ts';

/** Stops (or allows again) everything that an account's keys and tokens do; nothing of it is deleted. */
export const suspendAccount = operation({
  name: 'SuspendAccount',
  input: shape({ AccountId: account, Suspended: flag() }),
  action: operate('SuspendAccount'),
  run: ({ AccountId, Suspended }, { services }) => services.suspendAccount(AccountId, Suspended),
  view: () => ({}),
});
