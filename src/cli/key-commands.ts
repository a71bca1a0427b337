import { Command } from 'commander';
import { adminCall } from './admin-call.ts';
import { printRow, printRows, rowOf, rowsOf } from './print.ts';

interface Options {
  readonly account?: string;
  readonly user: string;
  readonly role: string;
  readonly operator?: boolean;
}

/** `chancery admin key …` */
export function keyCommands(): Command {
  const key = new Command('key').description('access keys').exitOverride();
  const command = (usage: string, about: string) =>
    key.command(usage).description(about).option('--account <id>', 'another account than your own');

  command('list', 'the keys of an account and when each was last used').action(
    async ({ account }: Options, self: Command) => {
      const { answer, format } = await adminCall(self, 'ListAccessKeys', { AccountId: account });
      printRows(rowsOf(answer['AccessKeys']), format);
    },
  );
  command('create', 'one more key; the secret is shown once')
    .requiredOption('--user <name>', 'whose key it is')
    .option('--role <role>', 'administrator or read-only', 'administrator')
    .option('--operator', 'may administer the server itself')
    .action(async ({ account, user, role, operator }: Options, self: Command) => {
      const input = { AccountId: account, UserName: user, Role: role, Operator: operator };
      const { answer, format } = await adminCall(self, 'CreateAccessKey', input);
      printRow(rowOf(answer['AccessKey']), format);
    });
  command('rotate <key-id>', 'a new secret, shown once; the old one stops working at once').action(
    async (id: string, { account }: Options, self: Command) => {
      const { answer, format } = await adminCall(self, 'RotateAccessKey', { AccountId: account, AccessKeyId: id });
      printRow(rowOf(answer['AccessKey']), format);
    },
  );
  for (const [word, disabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    command(`${word} <key-id>`, `${word} a key`).action(async (id: string, { account }: Options, self: Command) => {
      await adminCall(self, 'UpdateAccessKey', { AccountId: account, AccessKeyId: id, Disabled: disabled });
      console.error(`Key ${id} is ${word}d.`);
    });
  }
  command('set-role <key-id> <role>', 'administrator or read-only').action(
    async (id: string, role: string, { account }: Options, self: Command) => {
      await adminCall(self, 'UpdateAccessKey', { AccountId: account, AccessKeyId: id, Role: role });
      console.error(`Key ${id} is ${role}.`);
    },
  );
  return key;
}
