/**
 * The environment as text: which CHANCERY_* variables there are, what each means, and what was given.
 * One table feeds the start, `--help` and the test that compares it with the README. Nothing is interpreted here:
 * `config.ts` does that. No other room reads the environment.
 */
import { BadConfiguration } from './bad-configuration.ts';

/** Name, default as a person reads it, and meaning, in the order of the README. */
export const variables = [
  ['CHANCERY_HOME', './chancery-data', 'The data folder, made with mode 0700.'],
  ['CHANCERY_LISTEN', '127.0.0.1:8600', 'host:port of the server; port 0 picks a free one and prints it.'],
  [
    'CHANCERY_DATABASE_URL',
    'sqlite:chancery.db in the data folder',
    'sqlite:FILE or postgres://user:password@host/database.',
  ],
  ['CHANCERY_ACCOUNT_ID', 'made at first start', 'The 12 digits of the first account.'],
  [
    'CHANCERY_ACCESS_KEY_ID',
    'made at first start',
    "The first administrator's access key; only together with CHANCERY_SECRET_ACCESS_KEY.",
  ],
  [
    'CHANCERY_SECRET_ACCESS_KEY',
    'made at first start, written 0600 to credentials in the data folder',
    'The secret of that key; only together with CHANCERY_ACCESS_KEY_ID.',
  ],
  [
    'CHANCERY_MASTER_KEY_FILE',
    'master.key in the data folder',
    'The key file that seals private keys at rest, with mode 0600 or 0400; the default is made at first start, with a warning that it belongs elsewhere.',
  ],
  [
    'CHANCERY_MASTER_PASSPHRASE_FILE',
    'not used',
    'A file with a passphrase that seals private keys instead of CHANCERY_MASTER_KEY_FILE.',
  ],
  [
    'CHANCERY_TLS_CERT_FILE',
    'no TLS',
    'PEM certificate chain to serve HTTPS with (TLS 1.2 and newer); read again on SIGHUP and when it changes.',
  ],
  ['CHANCERY_TLS_KEY_FILE', 'no TLS', 'PEM private key of that certificate.'],
  [
    'CHANCERY_ALLOW_PLAINTEXT',
    'no',
    'yes lets the server listen without TLS on an address that is not loopback, for example behind a TLS proxy.',
  ],
  [
    'CHANCERY_PUBLIC_URL',
    'the address of CHANCERY_LISTEN',
    'How clients reach the server: printed help, signed links.',
  ],
  [
    'CHANCERY_PKI_LISTEN',
    'without TLS the main listener, with TLS 127.0.0.1:8601',
    'host:port of a plain-HTTP listener that serves only what relying parties fetch (CA certificates).',
  ],
  [
    'CHANCERY_PKI_URL',
    'the address of that listener',
    'Its public http:// URL. It goes into certificates and cannot be changed in those already issued.',
  ],
  [
    'CHANCERY_OBJECT_STORE_URL',
    'the folder objects in the data folder',
    'https:// or http:// address of an S3-compatible service that keeps audit reports; its buckets must exist.',
  ],
  [
    'CHANCERY_OBJECT_STORE_ACCESS_KEY_ID',
    'none',
    'The access key for that service; only together with CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY.',
  ],
  ['CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY', 'none', 'The secret of that key.'],
  [
    'CHANCERY_OBJECT_STORE_BUCKETS',
    'none: must be set with CHANCERY_OBJECT_STORE_URL',
    'All buckets of that service that accounts may name, separated by commas; no other is ever asked for.',
  ],
  ['CHANCERY_OBJECT_STORE_REGION', 'us-east-1', 'The region that requests to that service are signed for.'],
  ['CHANCERY_REGION', 'us-east-1', 'The region of what comes through the Huawei APIs.'],
  [
    'CHANCERY_PACE',
    'prompt',
    'aws shows new authorities, certificates and audit reports as unfinished for some seconds, as AWS does: for tests of clients.',
  ],
  [
    'CHANCERY_LIMITS',
    'none',
    'aws limits each account as AWS Private CA does by default: requests a second of each operation, 200 authorities in a region, 1,000,000 certificates of an authority. none: as much as the machine gives.',
  ],
  ['CHANCERY_LOG_LEVEL', 'info', 'trace, debug, info, warn, error, fatal or silent.'],
] as const;

export type VariableName = (typeof variables)[number][0];

/** Those whose values are secrets, or hold one. */
export const secretVariables: readonly VariableName[] = [
  'CHANCERY_SECRET_ACCESS_KEY',
  'CHANCERY_DATABASE_URL',
  'CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY',
];

/** What was given; a variable that is absent or empty has no entry. */
export type Environment = Readonly<Partial<Record<VariableName, string>>>;

/**
 * The CHANCERY_* part of an environment. Throws BadConfiguration for a name that we do not know: a misspelt
 * variable must not leave a server with its default in silence.
 */
export function readEnvironment(given: Readonly<Record<string, string | undefined>>): Environment {
  const found: Partial<Record<VariableName, string>> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!name.startsWith('CHANCERY_') || isOfOthers(name)) continue;
    if (!isVariable(name)) throw new BadConfiguration(unknown(name));
    if (value !== undefined && value !== '') found[name] = value;
  }
  return found;
}

/** The variables as `--help` prints them. */
export function describeVariables(): string {
  return variables
    .map(([name, fallback, meaning]) => `  ${name}\n      ${meaning}\n      Default: ${fallback}.`)
    .join('\n');
}

function isVariable(name: string): name is VariableName {
  return variables.some(([known]) => known === name);
}

/** Ours for tests, and what Kubernetes puts into every pod beside a service that is named chancery. */
function isOfOthers(name: string): boolean {
  return name.startsWith('CHANCERY_TEST_') || /^CHANCERY_(SERVICE_(HOST|PORT(_.+)?)|PORT(_[0-9]+_.+)?)$/.test(name);
}

function unknown(name: string): string {
  const [nearest] = variables
    .map(([known]) => ({ known, edits: editsBetween(name, known) }))
    .sort((a, b) => a.edits - b.edits);
  const hint =
    nearest !== undefined && nearest.edits <= 6 ? `did you mean ${nearest.known}?` : 'see npm start -- --help';
  return `${name} is not a variable of Chancery; ${hint}`;
}

/** Levenshtein distance: how many letters must change. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const swap = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
