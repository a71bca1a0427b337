import type { Command } from 'commander';
import { call, connectionOf } from './api-client.ts';

/** Calls the api with the options of `admin` above a command; gives the answer and the wanted form of printing. */
export async function adminCall(
  command: Command,
  operation: string,
  input: object,
): Promise<{ answer: Record<string, unknown>; format: string }> {
  const options = command.optsWithGlobals<{ endpoint?: string; credentials?: string; format: string }>();
  const answer = await call(connectionOf(options, process.env), operation, input);
  return { answer, format: options.format };
}
