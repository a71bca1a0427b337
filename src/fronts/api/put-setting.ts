import { optional, shape } from '../../wire/aws-json/shapes.ts';
import { operate, operation } from './operation.ts';
import { account, settingName, settingValue } from './shapes.ts';

/** Sets a setting for the server or one account; without a value clears it. */
export const putSetting = operation({
  name: 'PutSetting',
  input: shape({ Name: settingName, Value: optional(settingValue), AccountId: optional(account) }),
  action: operate('PutSetting'),
  run: ({ Name, Value, AccountId }, { services }) =>
    services.putSetting({ name: Name, value: Value, account: AccountId }),
  view: () => ({}),
});
