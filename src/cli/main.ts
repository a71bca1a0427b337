/**
 * The `chancery` command: an HTTP client of the operator's api, and `serve` and `backup`, which run on the server's
 * own machine. Data goes to standard output, everything else to standard error.
 * Exit codes: 0 done, 1 refused or failed, 2 not understood.
 */
import { Command, CommanderError } from 'commander';
import { accountCommands } from './account-commands.ts';
import { ApiError } from './api-client.ts';
import { keyCommands } from './key-commands.ts';
import { objectCommands } from './object-commands.ts';
import { settingCommands } from './setting-commands.ts';

// Who reads only the beginning (`chancery --help | head`) closes the pipe: that is no failure.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause;
});

const program = new Command('chancery')
  .description('A private certificate authority and certificate manager that answers the AWS and Huawei Cloud APIs.')
  .exitOverride()
  .showHelpAfterError('Run with --help for what there is.');

program
  .command('serve', { isDefault: true })
  .description('run the server (what npm start does)')
  .action(async () => {
    const { serve } = await import('../app/serve.ts');
    await serve(process.env);
  });

program
  .command('backup')
  .argument('<file>', 'a new file, made 0600')
  .description('copy the SQLite database consistently while the server runs; the master key is not in the copy')
  .action(async (file: string) => {
    const { backup } = await import('../app/backup.ts');
    console.error(`The database was copied to ${await backup(process.env, file)}. Keep the master key apart from it.`);
  });

const admin = program
  .command('admin')
  .description('administer a running server: accounts, access keys, settings')
  .option('--endpoint <url>', 'where the server is; else from the credentials file')
  .option('--credentials <file>', 'an AWS profile file; else CHANCERY_HOME/credentials')
  .option('--format <form>', 'table or json', 'table');
for (const command of [accountCommands(), keyCommands(), settingCommands(), objectCommands()])
  admin.addCommand(command);

try {
  if (asksForServerHelp(process.argv.slice(2))) {
    const { describeVariables } = await import('../app/env.ts');
    program.addHelpText('after', `\nThe server is configured by environment variables:\n\n${describeVariables()}`);
    program.outputHelp();
  } else await program.parseAsync();
} catch (cause) {
  process.exitCode = exitCodeOf(cause);
}

/** `chancery --help` and `chancery serve --help`, which is what `npm start -- --help` runs. */
function asksForServerHelp(args: readonly string[]): boolean {
  const words = args.filter((word) => word !== 'serve');
  return words.length === 1 && ['--help', '-h'].includes(words[0] ?? '');
}

function exitCodeOf(cause: unknown): number {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
  const isKnown =
    cause instanceof ApiError || (cause instanceof Error && ['Fault', 'BadConfiguration'].includes(cause.name));
  if (!isKnown) throw cause;
  console.error(`chancery: ${cause.message}`);
  return 1;
}
