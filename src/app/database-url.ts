import { isAbsolute, join, resolve } from 'node:path';
import { BadConfiguration } from './bad-configuration.ts';
import { Hidden } from './hidden.ts';

/** Which store: a file of ours, or PostgreSQL, whose URL may hold a password. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | {
      readonly kind: 'postgres';
      readonly url: Hidden<string>;
      /** For people: host and database, without user, password and parameters. */
      readonly shown: string;
    };

/**
 * Reads CHANCERY_DATABASE_URL; absent means `chancery.db` in `home`. A relative FILE counts from `cwd`.
 * Throws BadConfiguration that never repeats the value, because it may hold a password.
 */
export function readDatabaseUrl(text: string | undefined, home: string, cwd: string): DatabaseLocation {
  if (text === undefined) return { kind: 'sqlite', file: join(home, 'chancery.db') };
  if (text.startsWith('sqlite:')) return { kind: 'sqlite', file: sqliteFile(text.slice('sqlite:'.length), cwd) };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')) {
    throw new BadConfiguration('CHANCERY_DATABASE_URL must be sqlite:FILE or postgres://user:password@host/database');
  }
  if (url.pathname.length < 2) {
    throw new BadConfiguration(
      'CHANCERY_DATABASE_URL names no database, expected postgres://user:password@host/database',
    );
  }
  return { kind: 'postgres', url: new Hidden(text), shown: `postgres://${url.host}${url.pathname}` };
}

function sqliteFile(named: string, cwd: string): string {
  const file = named.replace(/^\/\/(?=\/)/, ''); // sqlite:///path is how other programs write an absolute one
  if (file === '' || file.startsWith(':') || file.startsWith('//')) {
    throw new BadConfiguration(
      'CHANCERY_DATABASE_URL names no file, expected sqlite:FILE, for example sqlite:/var/lib/chancery/chancery.db',
    );
  }
  return isAbsolute(file) ? file : resolve(cwd, file);
}
