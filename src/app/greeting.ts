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
  const credentials = shortest(files.credentials);
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
  const sdk = `CcmClient.new_builder().with_credentials(GlobalCredentials("$AK", "$SK", "${account.domain}")).with_endpoint("${publicUrl}").build()`;
  lines.push(
    '',
    'Try:',
    `  AWS_SHARED_CREDENTIALS_FILE=${credentials} aws acm-pca list-certificate-authorities --endpoint-url ${publicUrl} --region ${config.region}`,
    `  python3 -c 'from huaweicloudsdkccm.v1 import *; from huaweicloudsdkcore.auth.credentials import GlobalCredentials; print(${sdk}.list_certificate_authority(ListCertificateAuthorityRequest()))'`,
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
