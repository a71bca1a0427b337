import { join } from 'node:path';
import type { ServerProcess } from '../running-server.ts';
import { onlyThese } from './python-program.ts';

/** What every AWS SDK reads from the environment, and nothing else of this process's. */
export function clientSettings(
  server: ServerProcess,
  home: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string | undefined> {
  return onlyThese({
    AWS_SHARED_CREDENTIALS_FILE: join(server.home, 'credentials'),
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: home,
    ...more,
  });
}
