import type { Command } from './command.ts';

export const putSetting: Command<'put-setting'> = async ({ db }, input) => {
  const { name, value, ifAbsent = false } = input;
  const account = input.account ?? '';
  if (value === undefined) {
    await db.deleteFrom('settings').where('account', '=', account).where('name', '=', name).execute();
    return;
  }
  await db
    .insertInto('settings')
    .values({ account, name, value })
    .onConflict((clash) => {
      const same = clash.columns(['account', 'name']);
      return ifAbsent ? same.doNothing() : same.doUpdateSet({ value });
    })
    .execute();
};
