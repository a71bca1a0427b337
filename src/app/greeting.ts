/** What a start prints: where everything is, and three lines to paste. */
import { relative } from 'node:path';
import { projectOf } from '../services/sessions/project-of.ts';
import type { Config } from './config.ts';
import { clientFilesIn } from './files-for-clients.ts';
import type { RunningServer } from './server.ts';
import { version } from './version.ts';

/** @param secret the new secret as text, only when it goes to a terminal */
export function greeting(config: Config, { house, publicUrl, pkiUrl }: RunningServer, secret?: string): string {
  const { account, madeKey } = house;
  const files = clientFilesIn(config.home);
  const key = config.accessKey === undefined ? keyIn(shortest(files.credentials)) : keyInVariables;
  const lines = [
    `Chancery ${version} listens on ${publicUrl}`,
    '',
    `  data          ${config.home}`,
    `  database      ${config.database.kind === 'sqlite' ? config.database.file : config.database.shown}`,
    `  credentials   ${config.accessKey === undefined ? files.credentials : 'as given in CHANCERY_ACCESS_KEY_ID'}`,
    `  account       ${account.id} (AWS)`,
    `  domain        ${account.domain} (Huawei)`,
    `  project       ${projectOf(account.domain, config.region)} (Huawei, ${config.region})`,
    `  certificates  ${pkiUrl}/authorities/`,
  ];
  if (madeKey !== undefined)
    lines.push(`  access key    ${madeKey.id}${secret === undefined ? '' : `, secret ${secret} (shown this once)`}`);
  if (config.masterKey.kind === 'key-file' && config.masterKey.isDefault) {
    lines.push(
      '',
      `Warning: the master key lies beside the data, in ${config.masterKey.file}; keep it elsewhere and set CHANCERY_MASTER_KEY_FILE.`,
    );
  }
  lines.push(
    '',
    'Try:',
    `  ${key.aws} aws acm-pca list-certificate-authorities --endpoint-url ${publicUrl} --region ${config.region}`,
    `  ${huaweiCall(key, account.domain, publicUrl)}`,
    '  npm run demo',
    '',
  );
  return lines.join('\n');
}

/** Relative to the working folder when that is shorter. */
function shortest(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}

/** Where a pasted line finds the key: in the file that the first start wrote, or in the variables that it was given. */
interface KeyPlace {
  readonly aws: string;
  readonly python: readonly string[];
}

function keyIn(file: string): KeyPlace {
  return {
    aws: `AWS_SHARED_CREDENTIALS_FILE=${file}`,
    python: [
      'import configparser',
      'file = configparser.ConfigParser()',
      `file.read("${file}")`,
      'id, secret = file["default"]["aws_access_key_id"], file["default"]["aws_secret_access_key"]',
    ],
  };
}

const keyInVariables: KeyPlace = {
  aws: 'AWS_ACCESS_KEY_ID="$CHANCERY_ACCESS_KEY_ID" AWS_SECRET_ACCESS_KEY="$CHANCERY_SECRET_ACCESS_KEY"',
  python: ['import os', 'id, secret = os.environ["CHANCERY_ACCESS_KEY_ID"], os.environ["CHANCERY_SECRET_ACCESS_KEY"]'],
};

function huaweiCall({ python }: KeyPlace, domain: string, url: string): string {
  const steps = [
    ...python,
    'from huaweicloudsdkcore.auth.credentials import GlobalCredentials',
    'from huaweicloudsdkccm.v1 import CcmClient, ListCertificateAuthorityRequest',
    `ccm = CcmClient.new_builder().with_credentials(GlobalCredentials(id, secret, "${domain}")).with_endpoint("${url}").build()`,
    'print(ccm.list_certificate_authority(ListCertificateAuthorityRequest()))',
  ];
  return `python3 -c '${steps.join('; ')}'`;
}
