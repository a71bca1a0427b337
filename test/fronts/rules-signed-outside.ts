/** An authority outside, by openssl: it certifies authorities of a house with constraints that no API of ours gives. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from '../programs.ts';

/** A CSR for a new key with a name in subject and alternative name. */
export async function csrOfOpenssl(openssl: string, name: string): Promise<string> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null'];
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  return (await outputOf(openssl, ['req', '-new', ...key, ...names])).toString();
}

/**
 * A certificate for the CSR of an authority, with name constraints (example.com), and the root that signed it. The clock
 * of a house stands in 2026-03, so openssl is told when they begin. Files are left in `folder`.
 */
export async function signedOutside(
  openssl: string,
  folder: string,
  csr: string,
): Promise<{ certificate: string; root: string }> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const key = file('root.key', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  const config = file('ca.cnf', configuration);
  file('index.txt', '');
  file('serial', '1000');
  file('sub.csr', csr.replaceAll('\r\n', '\n').trimEnd() + '\n');
  const run = (...args: string[]) => outputOf(openssl, args, { cwd: folder });
  await run('req', '-new', '-config', config, '-key', key, '-out', 'root.csr');
  const dates = ['-startdate', '20260101000000Z', '-enddate', '20350101000000Z', '-batch', '-notext'];
  const common = ['ca', '-config', config, '-keyfile', key, ...dates];
  await run(...common, '-selfsign', '-extensions', 'root', '-in', 'root.csr', '-out', 'root.pem');
  await run(...common, '-cert', 'root.pem', '-extensions', 'sub', '-in', 'sub.csr', '-out', 'sub.pem');
  const [certificate, root] = await Promise.all([run('x509', '-in', 'sub.pem'), run('x509', '-in', 'root.pem')]);
  return { certificate: certificate.toString(), root: root.toString() };
}

const configuration = `
[ca]
default_ca=d
[d]
database=index.txt
serial=serial
new_certs_dir=.
default_md=sha256
policy=p
unique_subject=no
[p]
commonName=supplied
organizationName=optional
countryName=optional
stateOrProvinceName=optional
localityName=optional
organizationalUnitName=optional
[req]
distinguished_name=dn
prompt=no
[dn]
CN=Outside Root
[root]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
[sub]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
nameConstraints=critical,permitted;DNS:example.com
`;
