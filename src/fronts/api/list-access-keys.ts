import { optional, shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { account } from './shapes.ts';
import { accessKeyView } from './views.ts';

/** The keys of an account (the caller's own unless told), with when they were last used. */
export const listAccessKeys = operation({
  name: 'ListAccessKeys',
  input: shape({ AccountId: optional(account) }),
  action: operate('ListAccessKeys'),
  run: ({ AccountId }, { services, caller }) => services.listAccessKeys(AccountId ?? caller.account),
  view: (keys) => ({ AccessKeys: keys.map(accessKeyView) }),
});
