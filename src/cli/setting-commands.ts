import { Command } from 'commander';
import { adminCall } from './admin-call.ts';
import { printRows, rowsOf } from './print.ts';

/** `chancery admin setting …` */
export function settingCommands(): Command {
  const setting = new Command('setting').description('settings of the server or of one account').exitOverride();
  const command = (usage: string, about: string) =>
    setting.command(usage).description(about).option('--account <id>', 'for this account only');

  command('list', 'what is set').action(async ({ account }: { account?: string }, self: Command) => {
    const { answer, format } = await adminCall(self, 'ListSettings', { AccountId: account });
    printRows(rowsOf(answer['Settings']), format);
  });
  command('set <name> <value>', 'for example pkcs12-profile legacy').action(
    async (name: string, value: string, { account }: { account?: string }, self: Command) => {
      await adminCall(self, 'PutSetting', { Name: name, Value: value, AccountId: account });
      console.error(`${name} is ${value}.`);
    },
  );
  command('clear <name>', 'back to the default').action(
    async (name: string, { account }: { account?: string }, self: Command) => {
      await adminCall(self, 'PutSetting', { Name: name, AccountId: account });
      console.error(`${name} is at its default.`);
    },
  );
  return setting;
}
