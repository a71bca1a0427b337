/** The Huawei half: the same authority through another door, and every form in which PCA and SCM give things out. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { AwsTour } from './aws-tour.ts';
import type { DemoClients } from './clients.ts';
import { type Check, type Exhibits, keytool, openssl } from './exhibits.ts';
import { handshake } from './handshake.ts';
import { makeCsr } from '../scripts/make-csr.ts';

const servers = ['APACHE', 'NGINX', 'IIS', 'TOMCAT', 'OTHER'] as const;
type ServerType = (typeof servers)[number];
const name = 'shop.demo.internal';
const password = 'Demo-Password.1';

interface JsonExport {
  readonly certificate: string;
  readonly certificate_chain: string;
  readonly private_key?: string;
}

export async function huaweiTour({ huawei }: DemoClients, exhibits: Exhibits, made: AwsTour): Promise<void> {
  console.log('Huawei PCA: the certificate of the same authority');
  const authority = await huawei<JsonExport>(
    'POST',
    `/v1/private-certificate-authorities/${made.subordinateId}/export`,
  );
  await exhibits.show(
    'PCA ExportCertificateAuthorityCertificate',
    'huawei-pca-ca-export',
    { 'ca.pem': authority.certificate, 'chain.pem': authority.certificate_chain },
    'give chain.pem to whoever must trust what this authority signs',
    (path) => [
      { name: 'openssl verify', run: () => openssl(['verify', '-CAfile', path('chain.pem'), path('ca.pem')], /OK/) },
    ],
  );

  console.log('Huawei PCA: a certificate with a key made there, in every form');
  const validity = { type: 'MONTH', value: 6 };
  const { certificate_id: here } = await huawei<{ certificate_id: string }>('POST', '/v1/private-certificates', {
    body: {
      issuer_id: made.subordinateId,
      key_algorithm: 'RSA2048',
      signature_algorithm: 'SHA256',
      distinguished_name: { common_name: name },
      validity,
      subject_alternative_names: [{ type: 'DNS', value: name }],
      extended_key_usage: { server_auth: true },
    },
  });
  for (const type of servers) {
    for (const secret of [undefined, password]) await exportZip({ huawei }, exhibits, made, here, type, secret);
  }
  for (const type of ['APACHE', 'NGINX', 'OTHER'] as const) await exportJson({ huawei }, exhibits, made, here, type);

  console.log('Huawei PCA: a certificate from a CSR; its key is not there to give out');
  const mine = makeCsr('mine.demo.internal');
  const { certificate_id: elsewhere } = await huawei<{ certificate_id: string }>(
    'POST',
    '/v1/private-certificates/csr',
    {
      body: { issuer_id: made.subordinateId, csr: mine.csr, validity },
    },
  );
  for (const type of servers) {
    const { files } = await unzipped({ huawei }, elsewhere, type, undefined);
    await exhibits.show(
      `PCA ExportCertificate ${type}, own key`,
      `huawei-pca-own-key/${type.toLowerCase()}`,
      files,
      'beside the key that never left you',
      (path) => [
        {
          name: 'openssl x509',
          run: () => openssl(['x509', '-noout', '-in', path(type === 'OTHER' ? 'cert.pem' : 'server.crt')]),
        },
      ],
    );
  }

  console.log('Huawei SCM: what was imported through AWS');
  const { certificates } = await huawei<{ certificates: { id: string }[] }>('GET', '/v3/scm/certificates', {
    query: { limit: 10, offset: 0 },
  });
  const scm = await huawei<JsonExport & { entire_certificate: string }>(
    'POST',
    `/v3/scm/certificates/${certificates[0]?.id}/export`,
    { body: {} },
  );
  await exhibits.show(
    'SCM ExportCertificate',
    'huawei-scm-export',
    {
      'entire.pem': scm.entire_certificate,
      'leaf.pem': scm.certificate,
      'chain.pem': scm.certificate_chain,
      'server.key': scm.private_key ?? '',
    },
    'ssl_certificate entire.pem; ssl_certificate_key server.key',
    () => [
      {
        name: 'TLS handshake',
        run: () => handshake({ cert: scm.entire_certificate, key: scm.private_key }, made.root, 'leaf.demo.internal'),
      },
    ],
  );
}

async function exportJson(
  { huawei }: Pick<DemoClients, 'huawei'>,
  exhibits: Exhibits,
  made: AwsTour,
  id: string,
  type: ServerType,
) {
  const json = await huawei<JsonExport>('POST', `/v1/private-certificates/${id}/export`, {
    body: { is_compressed: 'false', type },
  });
  const files = {
    'server.crt': json.certificate,
    'chain.crt': json.certificate_chain,
    'server.key': json.private_key ?? '',
  };
  await exhibits.show(
    `PCA ExportCertificate ${type}, JSON`,
    `huawei-pca-json/${type.toLowerCase()}`,
    files,
    uses[type],
    () => [
      {
        name: 'TLS handshake',
        run: () =>
          handshake(
            { cert: `${json.certificate}\r\n${json.certificate_chain}`, key: json.private_key },
            made.root,
            name,
          ),
      },
    ],
  );
}

async function exportZip(
  clients: Pick<DemoClients, 'huawei'>,
  exhibits: Exhibits,
  made: AwsTour,
  id: string,
  type: ServerType,
  secret: string | undefined,
) {
  const { files } = await unzipped(clients, id, type, secret);
  const folder = `huawei-pca-zip/${type.toLowerCase()}${secret === undefined ? '' : '-with-password'}`;
  const label = `PCA ExportCertificate ${type}, zip${secret === undefined ? '' : ' with password'}`;
  await exhibits.show(label, folder, files, uses[type], (path) => checksOf(type, path, made, secret));
}

async function unzipped(
  { huawei }: Pick<DemoClients, 'huawei'>,
  id: string,
  type: ServerType,
  secret: string | undefined,
) {
  const answer = await huawei<{ body: ArrayBuffer }>('POST', `/v1/private-certificates/${id}/export`, {
    body: { is_compressed: 'true', type, ...(secret === undefined ? {} : { password: secret }) },
    raw: true,
  });
  return { files: unzipSync(new Uint8Array(answer.body)) };
}

function checksOf(
  type: ServerType,
  path: (name: string) => string,
  made: AwsTour,
  secret: string | undefined,
): readonly Check[] {
  const read = (file: string) => readFileSync(path(file));
  const store = () => secret ?? read('keystorePass.txt').toString().trim();
  switch (type) {
    case 'IIS':
      return [
        {
          name: 'openssl pkcs12',
          run: () => openssl(['pkcs12', '-in', path('server.pfx'), '-passin', `pass:${store()}`, '-noout']),
        },
        {
          name: 'TLS handshake',
          run: () => handshake({ pfx: read('server.pfx'), passphrase: store() }, made.root, name),
        },
      ];
    case 'TOMCAT':
      return [
        {
          name: 'keytool -list',
          run: () =>
            keytool(
              ['-list', '-keystore', path('server.jks'), '-storetype', 'JKS', '-storepass', store()],
              /PrivateKeyEntry/,
            ),
        },
        { name: 'TLS handshake', run: () => overPkcs12(path, store(), made) },
      ];
    default: {
      const chain = { APACHE: ['server.crt', 'chain.crt'], NGINX: ['server.crt'], OTHER: ['server.pem', 'chain.pem'] }[
        type
      ];
      return [
        {
          name: 'openssl pkey',
          run: () =>
            openssl(
              ['pkey', '-in', path('server.key'), '-passin', `pass:${secret ?? ''}`, '-noout', '-check'],
              /valid/,
            ),
        },
        {
          name: 'TLS handshake',
          run: () =>
            handshake(
              { cert: Buffer.concat(chain.map(read)), key: read('server.key'), passphrase: secret },
              made.root,
              name,
            ),
        },
      ];
    }
  }
}

/** Java is the reader of a JKS: keytool turns it into PKCS#12, which then serves TLS. */
async function overPkcs12(path: (name: string) => string, store: string, made: AwsTour): Promise<string | undefined> {
  const from = ['-srckeystore', path('server.jks'), '-srcstoretype', 'JKS', '-srcstorepass', store];
  const to = ['-destkeystore', path('converted.pfx'), '-deststoretype', 'PKCS12', '-deststorepass', store];
  if (keytool(['-importkeystore', '-noprompt', ...from, ...to]) === undefined) return undefined;
  return handshake({ pfx: readFileSync(path('converted.pfx')), passphrase: store }, made.root, name);
}

const uses: Record<ServerType, string> = {
  APACHE: 'SSLCertificateFile server.crt; SSLCertificateChainFile chain.crt; SSLCertificateKeyFile server.key',
  NGINX: 'ssl_certificate server.crt; ssl_certificate_key server.key',
  IIS: 'Import-PfxCertificate server.pfx with the password',
  TOMCAT: '<Certificate certificateKeystoreFile="server.jks" certificateKeystorePassword=…/>',
  OTHER: 'anything that reads PEM: server.pem, chain.pem, server.key',
};
