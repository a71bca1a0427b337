/** What a running server issued: every key algorithm of an authority under every kind of template, and through Huawei. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCsr } from '../../scripts/make-csr.ts';
import { done } from '../fronts/huawei-call.ts';
import { anAuthority, issueLive, type Live, type LiveAuthority } from '../live-calls.ts';

export const keyAlgorithms = [
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
] as const;

/** Template → what openssl calls the purposes that its certificates are for. */
export const leafTemplates = {
  EndEntityCertificate: ['sslserver', 'sslclient'],
  EndEntityServerAuthCertificate: ['sslserver'],
  EndEntityClientAuthCertificate: ['sslclient'],
  CodeSigningCertificate: ['any'],
  OCSPSigningCertificate: ['ocsphelper'],
} as const satisfies Record<string, readonly string[]>;

const authorityTemplates = [0, 1, 2, 3].map((length) => `SubordinateCACertificate_PathLen${length}`);

export interface Issued {
  /** Template and key algorithm of the authority. */
  readonly name: string;
  readonly purposes: readonly string[];
  /** PEM: itself, what is between, the root. */
  readonly certificate: string;
  readonly between: string;
  readonly root: string;
}

/** Issues all of them. */
export async function issueEverything(live: Live): Promise<readonly Issued[]> {
  const all: Issued[] = [];
  for (const keyAlgorithm of keyAlgorithms) {
    const root = await anAuthority(live, keyAlgorithm);
    const subordinate = await anAuthority(live, keyAlgorithm, root);
    all.push(
      { ...below(root), name: `RootCACertificate-${keyAlgorithm}`, purposes: ['any'], certificate: root.certificate },
      ...(await Promise.all(
        Object.entries(leafTemplates).map(async ([template, purposes]) => {
          const { certificate } = await issueLive(live, subordinate, makeCsr('judged.test').csr, { template });
          return { ...below(root, subordinate), name: `${template}-${keyAlgorithm}`, purposes, certificate };
        }),
      )),
      ...(await Promise.all(
        authorityTemplates.map(async (template) => {
          const { certificate } = await issueLive(live, root, makeCsr('authority.test').csr, { template });
          return { ...below(root), name: `${template}-${keyAlgorithm}`, purposes: ['any'], certificate };
        }),
      )),
      await throughHuawei(live, subordinate, below(root, subordinate)),
    );
  }
  return all;
}

/** CCM's CreateCertificate, with names of every kind. */
async function throughHuawei(
  { target }: Live,
  issuer: LiveAuthority,
  chain: Pick<Issued, 'between' | 'root'>,
): Promise<Issued> {
  const { certificate_id: id } = await done(target, 'POST', '/v1/private-certificates', {
    body: {
      issuer_id: issuer.id,
      key_algorithm: 'EC256',
      distinguished_name: { common_name: 'huawei.judged.test', organization: 'Zürich 東京', country: 'CH' },
      validity: { type: 'DAY', value: 20 },
      key_usages: ['digitalSignature'],
      subject_alternative_names: [
        { type: 'DNS', value: 'huawei.judged.test' },
        { type: 'IP', value: '192.0.2.1' },
        { type: 'IP', value: '2001:db8::1' },
        { type: 'EMAIL', value: 'someone@judged.test' },
        { type: 'URI', value: 'https://judged.test/path' },
      ],
      extended_key_usage: { server_auth: true, client_auth: true },
    },
  });
  const body = { is_compressed: 'false', type: 'OTHER' };
  const { certificate } = await done(target, 'POST', `/v1/private-certificates/${id}/export`, { body });
  return {
    ...chain,
    name: `CreateCertificate-${issuer.keyAlgorithm}`,
    purposes: ['sslserver', 'sslclient'],
    certificate,
  };
}

function below(root: LiveAuthority, between?: LiveAuthority): Pick<Issued, 'between' | 'root'> {
  return { root: root.certificate, between: between?.certificate ?? '' };
}

/** Its path as one PEM file, leaf first and root last; gives the file's name. */
export async function pathFile(folder: string, { name, certificate, between, root }: Issued): Promise<string> {
  const file = join(folder, `${name}.path`);
  const parts = certificate === root ? [root, root] : [certificate, between, root];
  await writeFile(
    file,
    `${parts
      .filter((part) => part !== '')
      .map((part) => part.trim())
      .join('\n')}\n`,
  );
  return file;
}
