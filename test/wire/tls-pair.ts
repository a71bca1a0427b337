/** A self-signed certificate and its key, made by openssl, for listeners in tests. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf } from '../programs.ts';

export interface TlsPair {
  readonly key: Buffer;
  readonly cert: Buffer;
}

export async function tlsPair(name: string): Promise<TlsPair> {
  const folder = await mkdtemp(join(tmpdir(), 'chancery-tls-'));
  try {
    const [key, cert] = [join(folder, 'key'), join(folder, 'crt')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    const names = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    await outputOf('openssl', ['req', '-x509', ...kind, ...names, '-keyout', key, '-out', cert]);
    return { key: await readFile(key), cert: await readFile(cert) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
