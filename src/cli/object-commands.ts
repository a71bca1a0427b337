import { Command } from 'commander';
import { adminCall } from './admin-call.ts';
import { printRow } from './print.ts';

/** `chancery admin object …` */
export function objectCommands(): Command {
  const object = new Command('object').description('audit reports and other objects in buckets').exitOverride();
  object
    .command('link')
    .argument('<bucket>')
    .argument('<key>')
    .option('--minutes <count>', 'how long the link is good, at most 720', '15')
    .option('--account <id>', 'another account than your own')
    .description("a link to an object in the server's own folder, for whoever has it")
    .action(async (bucket: string, key: string, options: { minutes: string; account?: string }, command: Command) => {
      const input = { Bucket: bucket, Key: key, Minutes: Number(options.minutes), AccountId: options.account };
      const { answer, format } = await adminCall(command, 'CreateObjectLink', input);
      printRow(answer, format);
    });
  return object;
}
