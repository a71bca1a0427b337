/** The AWS half: a root and a subordinate, a leaf from a CSR, a certificate with a key made there, an import. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import {
  DescribeCertificateCommand,
  ExportCertificateCommand,
  GetCertificateCommand as GetManagedCommand,
  ImportCertificateCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import {
  CreateCertificateAuthorityCommand,
  type CertificateAuthorityType,
  GetCertificateAuthorityCsrCommand,
  GetCertificateCommand,
  ImportCertificateAuthorityCertificateCommand,
  IssueCertificateCommand,
} from '@aws-sdk/client-acm-pca';
import type { DemoClients } from './clients.ts';
import { type Exhibits, openssl } from './exhibits.ts';
import { handshake } from './handshake.ts';
import { verify } from './server-forms.ts';
import { makeCsr } from '../scripts/make-csr.ts';

export interface AwsTour {
  /** PEM. */
  readonly root: string;
  readonly subordinateId: string;
  readonly importedArn: string;
}

const template = (name: string) => `arn:aws:acm-pca:::template/${name}/V1`;
const passphrase = 'demo-passphrase';

export async function awsTour(clients: DemoClients, exhibits: Exhibits): Promise<AwsTour> {
  const { acm } = clients;
  console.log('AWS Private CA: a root, and a subordinate signed by it');
  const root = await createAuthority(clients, 'ROOT', 'Demo Root');
  const rootCsr = await csrOf(clients, root);
  await exhibits.show(
    'acm-pca GetCertificateAuthorityCsr',
    'aws-acm-pca-csr',
    { 'root.csr': rootCsr },
    'sign it on your own premises, then ImportCertificateAuthorityCertificate',
    (path) => [
      { name: 'openssl req -verify', run: () => openssl(['req', '-verify', '-noout', '-in', path('root.csr')], /OK/) },
    ],
  );
  const rootPem = await sign(clients, root, rootCsr, 'RootCACertificate', 3650);
  await install(clients, root, rootPem.certificate);
  const subordinate = await createAuthority(clients, 'SUBORDINATE', 'Demo Issuing');
  const subPem = await sign(
    clients,
    root,
    await csrOf(clients, subordinate),
    'SubordinateCACertificate_PathLen0',
    1825,
  );
  await install(clients, subordinate, subPem.certificate, subPem.chain);

  console.log('AWS Private CA: a leaf from a CSR');
  const leafKey = makeCsr('leaf.demo.internal');
  const leaf = await sign(clients, subordinate, leafKey.csr, 'EndEntityCertificate', 90);
  await exhibits.show(
    'acm-pca IssueCertificate, GetCertificate',
    'aws-acm-pca-leaf',
    { 'leaf.pem': leaf.certificate, 'chain.pem': leaf.chain, 'leaf.key': leafKey.key, 'root.pem': rootPem.certificate },
    'ssl_certificate = leaf.pem + chain.pem, with the key that never left you',
    (path) => [
      { name: 'openssl verify', run: () => verify(path('leaf.pem'), path('chain.pem'), path('root.pem')) },
      {
        name: 'TLS handshake',
        run: () => serve(leaf.certificate + leaf.chain, leafKey.key, rootPem.certificate, 'leaf.demo.internal'),
      },
    ],
  );

  console.log('AWS Certificate Manager: a certificate with a key made there, exported');
  const { CertificateArn: managed } = await acm.send(
    new RequestCertificateCommand({
      DomainName: 'app.demo.internal',
      SubjectAlternativeNames: ['www.demo.internal'],
      CertificateAuthorityArn: subordinate,
      KeyAlgorithm: 'EC_prime256v1',
    }),
  );
  await issued(clients, managed);
  const exported = await acm.send(
    new ExportCertificateCommand({ CertificateArn: managed, Passphrase: new TextEncoder().encode(passphrase) }),
  );
  const key = createPrivateKey({ key: exported.PrivateKey ?? '', passphrase });
  await exhibits.show(
    'acm ExportCertificate',
    'aws-acm-export',
    {
      'leaf.pem': exported.Certificate ?? '',
      'chain.pem': exported.CertificateChain ?? '',
      'encrypted.key': exported.PrivateKey ?? '',
      'root.pem': rootPem.certificate,
    },
    `openssl pkey -in encrypted.key -passin pass:${passphrase} -out server.key`,
    (path) => [
      { name: 'openssl verify', run: () => verify(path('leaf.pem'), path('chain.pem'), path('root.pem')) },
      {
        name: 'openssl pkey',
        run: () =>
          openssl(['pkey', '-in', path('encrypted.key'), '-passin', `pass:${passphrase}`, '-noout', '-check'], /valid/),
      },
      {
        name: 'TLS handshake',
        run: () =>
          serve(`${exported.Certificate}${exported.CertificateChain}`, key, rootPem.certificate, 'www.demo.internal'),
      },
    ],
  );

  console.log('AWS Certificate Manager: one imported');
  const { CertificateArn: importedArn = '' } = await acm.send(
    new ImportCertificateCommand({
      Certificate: Buffer.from(leaf.certificate),
      PrivateKey: Buffer.from(leafKey.key),
      CertificateChain: Buffer.from(leaf.chain),
    }),
  );
  const back = await acm.send(new GetManagedCommand({ CertificateArn: importedArn }));
  if (back.Certificate?.trim() !== leaf.certificate.trim()) throw new Error('the import came back changed');
  return { root: rootPem.certificate, subordinateId: subordinate.split('/').at(-1) ?? '', importedArn };
}

async function createAuthority({ pca }: DemoClients, type: CertificateAuthorityType, name: string): Promise<string> {
  const { CertificateAuthorityArn: arn } = await pca.send(
    new CreateCertificateAuthorityCommand({
      CertificateAuthorityType: type,
      CertificateAuthorityConfiguration: {
        KeyAlgorithm: 'EC_prime256v1',
        SigningAlgorithm: 'SHA256WITHECDSA',
        Subject: {
          Country: 'CH',
          State: 'Zug',
          Locality: 'Zug',
          Organization: 'Demo',
          OrganizationalUnit: 'PKI',
          CommonName: name,
        },
      },
    }),
  );
  return arn ?? '';
}

async function csrOf({ pca }: DemoClients, authority: string): Promise<string> {
  const { Csr } = await pca.send(new GetCertificateAuthorityCsrCommand({ CertificateAuthorityArn: authority }));
  return Csr ?? '';
}

async function sign({ pca }: DemoClients, authority: string, csr: string, name: string, days: number) {
  const { CertificateArn } = await pca.send(
    new IssueCertificateCommand({
      CertificateAuthorityArn: authority,
      Csr: Buffer.from(csr),
      SigningAlgorithm: 'SHA256WITHECDSA',
      TemplateArn: template(name),
      Validity: { Type: 'DAYS', Value: days },
    }),
  );
  const answer = await pca.send(new GetCertificateCommand({ CertificateAuthorityArn: authority, CertificateArn }));
  return {
    certificate: `${answer.Certificate?.trim()}\n`,
    chain: answer.CertificateChain === undefined ? '' : `${answer.CertificateChain.trim()}\n`,
  };
}

async function install({ pca }: DemoClients, authority: string, certificate: string, chain?: string): Promise<void> {
  await pca.send(
    new ImportCertificateAuthorityCertificateCommand({
      CertificateAuthorityArn: authority,
      Certificate: Buffer.from(certificate),
      CertificateChain: chain === undefined ? undefined : Buffer.from(chain),
    }),
  );
}

async function issued({ acm }: DemoClients, arn: string | undefined): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
    if (Certificate?.Status === 'ISSUED') return;
    if (Certificate?.Status === 'FAILED') throw new Error(`the request failed: ${Certificate.FailureReason}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the certificate was not issued in time');
}

function serve(chain: string, key: string | KeyObject, root: string, name: string): Promise<string> {
  const pem = typeof key === 'string' ? key : key.export({ type: 'pkcs8', format: 'pem' });
  return handshake({ cert: chain, key: pem }, root, name);
}
