/**
 * The files in the data folder that let clients need one variable: an AWS profile with the first key, and a region
 * file of Huawei's SDKs. Rewritten at every start, because the address may have changed.
 */
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ClientFacts {
  readonly publicUrl: string;
  readonly region: string;
}

/** Where each file lies. */
export function clientFilesIn(home: string): { credentials: string; awsConfig: string; huaweiRegions: string } {
  return {
    credentials: join(home, 'credentials'),
    awsConfig: join(home, 'aws-config'),
    huaweiRegions: join(home, 'huawei-regions.yaml'),
  };
}

/**
 * Writes the key that the first start makes: the AWS profile format, 0600. `refreshClientFiles` puts region and
 * endpoint beside the secret when they are known.
 */
export function writeCredentials(home: string, accessKeyId: string, secret: Uint8Array): { forget(): void } {
  const { credentials } = clientFilesIn(home);
  const head = Buffer.from(`[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = `);
  const content = Buffer.concat([head, secret, Buffer.from('\n')]);
  try {
    writePrivate(credentials, content);
  } finally {
    content.fill(0);
  }
  return { forget: () => rmSync(credentials, { force: true }) };
}

/** Brings region and endpoint of every file up to date; the secret in `credentials` stays as it is. */
export function refreshClientFiles(home: string, facts: ClientFacts): void {
  const files = clientFilesIn(home);
  if (existsSync(files.credentials)) {
    const kept = readFileSync(files.credentials, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^(region|endpoint_url) *=/.test(line));
    writePrivate(files.credentials, Buffer.from(`${kept.join('\n')}\n${profileOf(facts)}`));
  }
  writePrivate(files.awsConfig, Buffer.from(`[default]\n${profileOf(facts)}`));
  writePrivate(files.huaweiRegions, Buffer.from(regionsOf(facts)));
}

function profileOf({ publicUrl, region }: ClientFacts): string {
  return `region = ${region}\nendpoint_url = ${publicUrl}\n`;
}

/** The form that HUAWEICLOUD_SDK_REGIONS_FILE takes. */
function regionsOf({ publicUrl, region }: ClientFacts): string {
  return ['CCM', 'SCM', 'IAM']
    .map((service) => `${service}:\n  - id: ${region}\n    endpoint: ${publicUrl}\n`)
    .join('');
}

/** Never half written, never readable by others. */
function writePrivate(file: string, content: Uint8Array): void {
  const draft = `${file}.new`;
  writeFileSync(draft, content, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
