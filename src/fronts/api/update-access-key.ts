import { flag, optional, shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { accessKey, account, role } from './shapes.ts';

/** Disables or enables a key, or changes its role. The last operator's key cannot be taken away. */
export const updateAccessKey = operation({
  name: 'UpdateAccessKey',
  input: shape({
    AccountId: optional(account),
    AccessKeyId: accessKey,
    Disabled: optional(flag()),
    Role: optional(role),
  }),
  action: operate('UpdateAccessKey'),
  run: ({ AccountId, AccessKeyId, Disabled, Role }, { services, caller }) =>
    services.updateAccessKey({
      account: AccountId ?? caller.account,
      id: AccessKeyId,
      disabled: Disabled,
      role: Role,
    }),
  view: () => ({}),
});
