/** nginx, Apache httpd and Tomcat serve TLS with the files of their bundles as they come out of the zip. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { serverBundle, zip, type ServerType } from '../../src/formats/index.ts';
import { needs } from '../programs.ts';
import { assertServes, startApache, startNginx, startTomcat } from '../servers.ts';
import { certified, folderForTests, pkcs8Of } from './fixtures.ts';

const password = 'Pass,word.+-_#é';

describe('servers', async () => {
  const folder = await folderForTests();

  /** A folder with the unzipped members. */
  async function unzipped(type: ServerType, algorithm: 'RSA-2048' | 'P-256', withPassword: boolean): Promise<string> {
    const input = {
      ...certified(algorithm),
      name: 'localhost',
      privateKey: pkcs8Of(algorithm),
      legacyPkcs12: false,
      now: Date.now(),
      ...(withPassword ? { password: new TextEncoder().encode(password) } : {}),
    };
    const target = join(folder, `${type}-${algorithm}-${withPassword}`);
    await mkdir(target);
    const files = unzipSync(zip(await serverBundle(type, input), Date.now()));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(target, name), bytes);
    return target;
  }

  it('Tomcat with server.jks and with server.pfx, under what keystorePass.txt says', async (t) => {
    const catalina = needs(t, 'tomcat10');
    if (catalina === undefined) return;
    const stores = [
      { files: await unzipped('tomcat', 'RSA-2048', false), name: 'server.jks', type: 'JKS' },
      { files: await unzipped('iis', 'RSA-2048', false), name: 'server.pfx', type: 'PKCS12' },
    ] as const;
    const [server, ports] = await startTomcat(t, catalina, join(folder, 'catalina'), stores);
    for (const port of ports) await assertServes(server, port, certified('RSA-2048'));
  });

  for (const algorithm of ['RSA-2048', 'P-256'] as const) {
    for (const withPassword of [false, true]) {
      const how = `an ${algorithm} key${withPassword ? ' under a password' : ''}`;

      it(`nginx with ${how}`, async (t) => {
        const nginx = needs(t, 'nginx');
        if (nginx === undefined) return;
        const files = await unzipped('nginx', algorithm, withPassword);
        const [server, port] = await startNginx(t, nginx, files, withPassword ? password : undefined);
        await assertServes(server, port, certified(algorithm));
      });

      it(`Apache httpd with ${how}`, async (t) => {
        const apache = needs(t, 'apache2');
        if (apache === undefined) return;
        const files = await unzipped('apache', algorithm, withPassword);
        const [server, port] = await startApache(t, apache, files, withPassword ? password : undefined);
        await assertServes(server, port, certified(algorithm));
      });
    }
  }
});
