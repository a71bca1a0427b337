/** What each kind of server gets from Huawei PCA: how one uses it, and how the tour checks it. */
import { readFileSync } from 'node:fs';
import { readJks } from '../src/formats/read-jks.ts';
import { writeSecretPem } from '../src/formats/secret-pem.ts';
import { writePem } from '../src/x509/pem.ts';
import { type Check, keytool, openssl } from './exhibits.ts';
import { handshake } from './handshake.ts';

export const serverTypes = ['APACHE', 'NGINX', 'IIS', 'TOMCAT', 'OTHER'] as const;
export type ServerType = (typeof serverTypes)[number];
/** Those for which the API reference documents PEM in JSON. */
export const jsonTypes = ['APACHE', 'NGINX', 'OTHER'] as const;

type Place = (file: string) => string;

/** What a client of the exported certificate knows. */
export interface Relying {
  /** PEM. */
  readonly root: string;
  readonly name: string;
}

/** The files with which a server presents itself, PEM, leaf first. */
export interface PemFiles {
  readonly leaf: string;
  readonly chain: string;
  readonly key: string;
}

export const uses: Readonly<Record<ServerType, string>> = {
  APACHE: 'SSLCertificateFile server.crt; SSLCertificateChainFile chain.crt; SSLCertificateKeyFile server.key',
  NGINX: 'ssl_certificate server.crt; ssl_certificate_key server.key',
  IIS: 'Import-PfxCertificate server.pfx with the password',
  TOMCAT: '<Certificate certificateKeystoreFile="server.jks" certificateKeystorePassword=…/>',
  OTHER: 'anything that reads PEM: server.pem, chain.pem, server.key',
};

/** NGINX has leaf and chain in one file. */
export function pemFilesOf(type: ServerType, isOwnKey: boolean): PemFiles {
  if (type === 'NGINX') return { leaf: 'server.crt', chain: 'server.crt', key: 'server.key' };
  if (type === 'OTHER') return { leaf: isOwnKey ? 'cert.pem' : 'server.pem', chain: 'chain.pem', key: 'server.key' };
  return { leaf: 'server.crt', chain: 'chain.crt', key: 'server.key' };
}

/** Of a bundle with a key made there. */
export function checksOfBundle(type: ServerType, path: Place, to: Relying, password: string | undefined) {
  if (type === 'IIS') return checksOfPfx(path, to, password);
  if (type === 'TOMCAT') return checksOfJks(path, to, password);
  return checksOfPem(pemFilesOf(type, false), path, to, password);
}

/** @param password opens the key; undefined when it is not encrypted */
export function checksOfPem(files: PemFiles, path: Place, to: Relying, password?: string): readonly Check[] {
  const { leaf, chain, key } = files;
  const read = (file: string) => readFileSync(path(file));
  const cert = leaf === chain ? read(leaf) : Buffer.concat([read(leaf), Buffer.from('\n'), read(chain)]);
  return [
    { name: 'openssl verify', run: () => verify(path(leaf), path(chain), path('root.pem')) },
    {
      name: 'openssl pkey',
      run: () => openssl(['pkey', '-in', path(key), '-passin', `pass:${password ?? ''}`, '-noout', '-check'], /valid/),
    },
    { name: 'TLS handshake', run: () => handshake({ cert, key: read(key), passphrase: password }, to.root, to.name) },
  ];
}

function checksOfPfx(path: Place, to: Relying, password: string | undefined): readonly Check[] {
  const secret = password ?? readFileSync(path('keystorePass.txt'), 'utf8');
  const pfx = readFileSync(path('server.pfx'));
  return [
    {
      name: 'openssl pkcs12',
      run: () => openssl(['pkcs12', '-in', path('server.pfx'), '-passin', `pass:${secret}`, '-noout']),
    },
    { name: 'TLS handshake', run: () => handshake({ pfx, passphrase: secret }, to.root, to.name) },
  ];
}

/** Read by Java where there is one, and without it for the handshake. */
function checksOfJks(path: Place, to: Relying, password: string | undefined): readonly Check[] {
  const secret = password ?? readFileSync(path('keystorePass.txt'), 'utf8');
  const list = ['-list', '-keystore', path('server.jks'), '-storetype', 'JKS', '-storepass', secret];
  const store = readJks(readFileSync(path('server.jks')), Buffer.from(secret));
  const cert = [store.certificate, ...store.chain].map((der) => writePem('CERTIFICATE', der)).join('');
  const key = Buffer.from(writeSecretPem('PRIVATE KEY', store.privateKey, '\n'));
  return [
    { name: 'keytool -list', run: () => keytool(list, /PrivateKeyEntry/) },
    { name: 'openssl pkey', run: () => openssl(['pkey', '-noout', '-check'], /valid/, key) },
    { name: 'TLS handshake', run: () => handshake({ cert, key }, to.root, to.name) },
  ];
}

/** By openssl, with the strict rules and nothing trusted but the root. */
export function verify(leaf: string, chain: string, root: string): string | undefined {
  return openssl(['verify', '-x509_strict', '-CAfile', root, '-untrusted', chain, leaf], /OK/);
}
