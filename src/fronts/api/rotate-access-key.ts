import { optional, shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { accessKey, account } from './shapes.ts';
import { newAccessKeyView } from './views.ts';

/** A new secret for a key; the old one stops working at once. */
export const rotateAccessKey = operation({
  name: 'RotateAccessKey',
  input: shape({ AccountId: optional(account), AccessKeyId: accessKey }),
  action: operate('RotateAccessKey'),
  run: ({ AccountId, AccessKeyId }, { services, caller }) =>
    services.rotateAccessKey({ account: AccountId ?? caller.account, id: AccessKeyId }),
  view: (key) => ({ AccessKey: newAccessKeyView(key) }),
});
