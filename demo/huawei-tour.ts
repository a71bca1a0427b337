/** The Huawei half: the same authority through another door, and every form in which PCA and SCM give things out. */
import { unzipSync } from 'fflate';
import { makeCsr } from '../scripts/make-csr.ts';
import type { AwsTour } from './aws-tour.ts';
import type { DemoClients } from './clients.ts';
import { type Exhibits, openssl } from './exhibits.ts';
import {
  checksOfBundle,
  checksOfPem,
  jsonTypes,
  pemFilesOf,
  serverTypes,
  type ServerType,
  uses,
} from './server-forms.ts';

const shop = 'shop.demo.internal';
const mine = 'mine.demo.internal';
const validity = { type: 'MONTH', value: 6 };
const passwords = [undefined, 'Demo-Password.1'];

interface JsonExport {
  readonly certificate: string;
  readonly certificate_chain: string;
  readonly private_key?: string;
}

type Door = Pick<DemoClients, 'huawei'>;

export async function huaweiTour(door: DemoClients, exhibits: Exhibits, made: AwsTour): Promise<void> {
  console.log('Huawei PCA: the certificate of the same authority');
  await showAuthority(door, exhibits, made);

  console.log('Huawei PCA: a certificate with a key made there, in every form');
  const here = await createCertificate(door, made.subordinateId);
  const to = { root: made.root, name: shop };
  for (const type of serverTypes) {
    for (const password of passwords) {
      const files = { ...(await unzipped(door, here, type, password)), 'root.pem': made.root };
      const { label, folder } = named(type, 'zip', password);
      await exhibits.show(label, folder, files, uses[type], (path) => checksOfBundle(type, path, to, password));
    }
  }
  for (const type of jsonTypes) {
    for (const password of passwords) {
      const json = await inJson(door, here, type, password);
      const files = { ...pemOf(json), 'server.key': json.private_key ?? '', 'root.pem': made.root };
      const { label, folder } = named(type, 'json', password);
      await exhibits.show(label, folder, files, useOfJson, (path) => checksOfPem(jsonFiles, path, to, password));
    }
  }

  console.log('Huawei PCA: a certificate from a CSR; its key never left you, so no export has it');
  await showOwnKey(door, exhibits, made);

  console.log('Huawei SCM: what was imported through AWS');
  await showScm(door, exhibits, made);
}

async function showAuthority({ huawei }: Door, exhibits: Exhibits, made: AwsTour): Promise<void> {
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
}

/** Shows the forms of a certificate from a CSR: each serves TLS together with the key that stayed here. */
async function showOwnKey(door: Door, exhibits: Exhibits, made: AwsTour): Promise<void> {
  const { csr, key } = makeCsr(mine);
  const { certificate_id: id } = await door.huawei<{ certificate_id: string }>('POST', '/v1/private-certificates/csr', {
    body: { issuer_id: made.subordinateId, csr, validity },
  });
  const to = { root: made.root, name: mine };
  const kept = { 'server.key': key, 'root.pem': made.root };
  const use = 'server.key is the one of the CSR, put there by the tour';
  for (const type of serverTypes) {
    const files = { ...(await unzipped(door, id, type, undefined)), ...kept };
    const { label, folder } = named(type, 'own-key', undefined);
    await exhibits.show(label, folder, files, use, (path) => checksOfPem(pemFilesOf(type, true), path, to));
  }
  const json = await inJson(door, id, 'OTHER', undefined);
  if (json.private_key !== undefined) throw new Error('an export holds a key that was never there');
  await exhibits.show(
    'PCA ExportCertificate OTHER, JSON, own key',
    'huawei-pca-own-key/json',
    { ...pemOf(json), ...kept },
    use,
    (path) => checksOfPem(jsonFiles, path, to),
  );
}

async function showScm({ huawei }: Door, exhibits: Exhibits, made: AwsTour): Promise<void> {
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
      'root.pem': made.root,
    },
    'ssl_certificate entire.pem; ssl_certificate_key server.key',
    (path) =>
      checksOfPem({ leaf: 'entire.pem', chain: 'entire.pem', key: 'server.key' }, path, {
        root: made.root,
        name: 'leaf.demo.internal',
      }),
  );
}

async function createCertificate({ huawei }: Door, issuer: string): Promise<string> {
  const { certificate_id: id } = await huawei<{ certificate_id: string }>('POST', '/v1/private-certificates', {
    body: {
      issuer_id: issuer,
      key_algorithm: 'RSA2048',
      signature_algorithm: 'SHA256',
      distinguished_name: { common_name: shop },
      validity,
      subject_alternative_names: [{ type: 'DNS', value: shop }],
      extended_key_usage: { server_auth: true },
    },
  });
  return id;
}

function inJson({ huawei }: Door, id: string, type: ServerType, password: string | undefined): Promise<JsonExport> {
  return huawei('POST', `/v1/private-certificates/${id}/export`, {
    body: { is_compressed: 'false', type, ...(password === undefined ? {} : { password }) },
  });
}

async function unzipped({ huawei }: Door, id: string, type: ServerType, password: string | undefined) {
  const answer = await huawei<{ body: ArrayBuffer }>('POST', `/v1/private-certificates/${id}/export`, {
    body: { is_compressed: 'true', type, ...(password === undefined ? {} : { password }) },
    raw: true,
  });
  return unzipSync(new Uint8Array(answer.body));
}

function pemOf(json: JsonExport) {
  return { 'server.crt': json.certificate, 'chain.crt': json.certificate_chain };
}

function named(type: ServerType, form: 'zip' | 'json' | 'own-key', password: string | undefined) {
  const words = { zip: 'zip', json: 'JSON', 'own-key': 'own key' }[form];
  const isLocked = password !== undefined;
  return {
    label: `PCA ExportCertificate ${type}, ${words}${isLocked ? ', password' : ''}`,
    folder: `huawei-pca-${form}/${type.toLowerCase()}${isLocked ? '-password' : ''}`,
  };
}

const jsonFiles = { leaf: 'server.crt', chain: 'chain.crt', key: 'server.key' };
const useOfJson = 'the members of the answer as files: server.crt then chain.crt, and server.key';
