import { Command } from 'commander';
import { adminCall } from './admin-call.ts';
import { printRow, printRows, rowOf, rowsOf } from './print.ts';

/** `chancery admin account …` */
export function accountCommands(): Command {
  const account = new Command('account').description('accounts of this server').exitOverride();
  account
    .command('list')
    .description('every account, oldest first')
    .action(async (_options, command: Command) => {
      const { answer, format } = await adminCall(command, 'ListAccounts', {});
      printRows(rowsOf(answer['Accounts']), format);
    });
  account
    .command('create')
    .argument('<name>')
    .option('--id <digits>', '12 digits; else made')
    .description("a new account and its first administrator's key; the secret is shown once")
    .action(async (name: string, { id }: { id?: string }, command: Command) => {
      const { answer, format } = await adminCall(command, 'CreateAccount', { Name: name, AccountId: id });
      printRow({ ...rowOf(answer['Account']), ...rowOf(answer['AccessKey']) }, format);
    });
  for (const [word, suspended] of [
    ['suspend', true],
    ['resume', false],
  ] as const) {
    account
      .command(word)
      .argument('<account-id>')
      .description(
        suspended ? 'refuse everything of an account; nothing is deleted' : 'allow a suspended account again',
      )
      .action(async (id: string, _options, command: Command) => {
        await adminCall(command, 'SuspendAccount', { AccountId: id, Suspended: suspended });
        console.error(`Account ${id} is ${suspended ? 'suspended' : 'active'}.`);
      });
  }
  return account;
}
