/** Java as the judge of what Java servers get: keytool, and TLS served from the key stores. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect } from 'node:tls';
import { describe, it } from 'node:test';
import { writeJks, writePkcs12 } from '../../src/formats/index.ts';
import { writePem } from '../../src/x509/pem.ts';
import { needs, outputOf, runProgram } from '../programs.ts';
import { algorithms, certified, folderForTests, pkcs8Of } from './fixtures.ts';

type Algorithm = (typeof algorithms)[number];
const utf8 = new TextEncoder();

function jks(algorithm: Algorithm, password: string, alias = 'Tomcat.Example'): Uint8Array {
  const entry = { ...certified(algorithm), privateKey: pkcs8Of(algorithm), alias, createdAt: Date.UTC(2026, 0, 2) };
  return writeJks(entry, utf8.encode(password));
}

function pfx(algorithm: Algorithm, password: string, legacy: boolean): Promise<Uint8Array> {
  const content = { ...certified(algorithm), privateKey: pkcs8Of(algorithm), friendlyName: 'Tomcat.Example' };
  return writePkcs12(content, utf8.encode(password), { legacy });
}

describe('Java', async () => {
  const folder = await folderForTests();
  const file = async (name: string, bytes: Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), bytes);
    return join(folder, name);
  };

  it('serves TLS from the JKS and from both PFX profiles, for every algorithm', async (t) => {
    const java = needs(t, 'java');
    if (java === undefined) return;
    const wide = 'pässword€😀';
    const stores: { type: string; path: string; algorithm: Algorithm; password: string }[] = [];
    for (const algorithm of algorithms) {
      stores.push({
        type: 'JKS',
        path: await file(`${algorithm}.jks`, jks(algorithm, wide)),
        algorithm,
        password: wide,
      });
      for (const legacy of [false, true]) {
        const password = 'Pass,word.+-_#'; // Java 17 demands ASCII of a PKCS#12 store ("Password is not ASCII")
        const path = await file(`${algorithm}-${legacy}.pfx`, await pfx(algorithm, password, legacy));
        stores.push({ type: 'PKCS12', path, algorithm, password });
      }
    }
    const args = stores.flatMap(({ type, path, password }) => [type, path, utf8.encode(password).toHex()]);
    const server = spawn(java, [join(import.meta.dirname, 'ServeTls.java'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => server.kill());
    let served = 0;
    for await (const line of createInterface({ input: server.stdout })) {
      const [port, chainLength, alias] = line.split(' ');
      const { algorithm, path } = stores[served++] ?? assert.fail('more lines than key stores');
      assert.equal(alias?.toLowerCase(), 'tomcat.example', path);
      assert.equal(chainLength, '3');
      const seen = await greet(Number(port), certified(algorithm).root);
      assert.deepEqual(new Uint8Array(seen.certificate), certified(algorithm).certificate, path);
      assert.equal(seen.greeting, 'hello from Java');
    }
    assert.equal(served, stores.length);
  });

  it('keytool lists a JKS with its alias, date and chain, and imports it into a PKCS#12 store', async (t) => {
    const keytool = needs(t, 'keytool');
    if (keytool === undefined) return;
    const path = await file('list.jks', jks('P-256', 'changeit'));
    const list = (await outputOf(keytool, ['-list', '-v', '-keystore', path, '-storepass', 'changeit'])).toString();
    assert.match(list, /Keystore type: JKS/);
    assert.match(list, /Alias name: tomcat\.example\nCreation date: Jan \d, 2026\nEntry type: PrivateKeyEntry/);
    assert.match(list, /Certificate chain length: 3/);
    const fingerprint = new X509Certificate(certified('P-256').root).fingerprint256;
    assert.ok(list.includes(fingerprint), 'the root is the last of the chain');
    const target = join(folder, 'imported.p12');
    const args = ['-importkeystore', '-srckeystore', path, '-srcstorepass', 'changeit', '-destkeystore', target];
    const { code, stderr, stdout } = await runProgram(keytool, [...args, '-deststorepass', 'changeit']);
    assert.equal(code, 0, stdout.toString() + stderr);
  });

  it('keytool refuses a JKS with a wrong password, cut off, or with a changed bit', async (t) => {
    const keytool = needs(t, 'keytool');
    if (keytool === undefined) return;
    const good = jks('P-256', 'changeit');
    const changed = good.slice();
    changed[200] = (changed[200] ?? 0) ^ 1;
    const cases = [
      { bytes: good, password: 'changeme' },
      { bytes: good.subarray(0, -1), password: 'changeit' },
      { bytes: changed, password: 'changeit' },
    ];
    await Promise.all(
      cases.map(async ({ bytes, password }, i) => {
        const path = await file(`bad-${i}.jks`, bytes);
        const { code } = await runProgram(keytool, ['-list', '-keystore', path, '-storepass', password]);
        assert.notEqual(code, 0);
      }),
    );
  });

  it('keytool lists a PFX of either profile under its friendly name', async (t) => {
    const keytool = needs(t, 'keytool');
    if (keytool === undefined) return;
    for (const legacy of [false, true]) {
      const path = await file(`list-${legacy}.pfx`, await pfx('RSA-2048', 'changeit', legacy));
      const list = (await outputOf(keytool, ['-list', '-keystore', path, '-storepass', 'changeit'])).toString();
      assert.match(list, /tomcat\.example, .*PrivateKeyEntry/);
    }
  });
});

/** Connects, verifies against the root alone, and reads what the server says. */
function greet(port: number, root: Uint8Array): Promise<{ certificate: Uint8Array; greeting: string }> {
  return new Promise((resolve, reject) => {
    const ca = writePem('CERTIFICATE', root);
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca, timeout: 20_000 });
    let greeting = '';
    let certificate = new Uint8Array();
    socket.on('secureConnect', () => {
      certificate = new Uint8Array(socket.getPeerCertificate().raw);
    });
    socket.on('data', (part) => (greeting += part.toString()));
    socket.on('end', () => resolve({ certificate, greeting }));
    socket.on('error', reject);
    socket.on('timeout', () => socket.destroy(new Error('the Java server did not answer')));
  });
}
