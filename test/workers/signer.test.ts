import assert from 'node:assert/strict';
import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Fault } from '../../src/core/fault.ts';
import { mlDsaAlgorithms, type SealedKey, signatureAlgorithms } from '../../src/core/key.ts';
import { MasterKey } from '../../src/vault/master-key.ts';
import { SoftwareVault } from '../../src/vault/software-vault.ts';
import { KeyMakerClient } from '../../src/workers/key-maker-client.ts';
import { SignerClient } from '../../src/workers/signer-client.ts';
import { MemoryKeys } from '../contracts/memory-keys.ts';
import { account, assertSilent, isFault, stranger } from '../contracts/vault.ts';
import { needs, outputOf } from '../programs.ts';
import { aRoot, leafProfile, leafRequest, named, opensslCsr, type Root, rootProfile } from './authorities.ts';
import { threadsOf } from './threads.ts';

function aHouse(t: TestContext, heldKeys?: number) {
  const masterKey = MasterKey.take(1, randomBytes(32));
  const keys = new MemoryKeys();
  const crashes: unknown[] = [];
  const keyMaker = new KeyMakerClient(masterKey, (cause) => crashes.push(cause));
  const signer = new SignerClient({
    masterKey,
    keys,
    onCrash: (cause) => crashes.push(cause),
    ...(heldKeys === undefined ? {} : { heldKeys }),
  });
  t.after(() => Promise.all([keyMaker.close(), signer.close()]));
  const vault = new SoftwareVault({ masterKey, keys, commit: keys.commit, keyMaker });
  return { vault, signer, keys, masterKey, crashes };
}

type House = ReturnType<typeof aHouse>;

async function aStoredRoot(house: House, owner = account): Promise<Root> {
  const root = await aRoot(house, owner, 'P-256', 'SHA256-ECDSA');
  house.keys.rows.push(root.key);
  return root;
}

/** A subject key of the house itself: needs no openssl. */
async function keyRequest(house: House, root: Root, name: string) {
  const { publicKey } = await house.vault.generate(account, 'P-256');
  const { subject: _, ...request } = leafRequest(root, new Uint8Array());
  const profile = { ...leafProfile, subjectAltName: dnsName(name) };
  return { ...request, profile, subject: { from: 'key', publicKey, subject: named(name) } } as const;
}

function dnsName(value: string) {
  return { from: 'profile', value: [{ kind: 'dns', value }], critical: false } as const;
}

const algorithms = [
  ['P-256', ['SHA256-ECDSA', 'SHA384-ECDSA', 'SHA512-ECDSA']],
  ['P-384', ['SHA384-ECDSA']],
  ['P-521', ['SHA512-ECDSA']],
  ['RSA-2048', ['SHA256-RSA', 'SHA384-RSA', 'SHA512-RSA', 'SHA256-RSA-PSS', 'SHA384-RSA-PSS', 'SHA512-RSA-PSS']],
  ['RSA-3072', ['SHA384-RSA']],
  ['RSA-4096', ['SHA512-RSA', 'SHA512-RSA-PSS']],
] as const;

describe('the signer', () => {
  for (const [algorithm, signatures] of algorithms) {
    it(`issues under ${algorithm} what openssl verifies strictly`, async (t) => {
      const openssl = needs(t, 'openssl');
      if (openssl === undefined) return;
      const house = aHouse(t);
      const csr = opensslCsr(openssl, 'leaf.example');
      for (const signature of signatures) {
        const root = await aRoot(house, account, algorithm, signature);
        const leaf = await house.signer.issueWith(account, root.key, leafRequest(root, csr));
        await assertVerifies(t, openssl, root, leaf.der);
        assert.equal(new X509Certificate(leaf.der).serialNumber.toLowerCase(), leaf.serial);
        assert.equal(leaf.signatureAlgorithm, signature);
      }
    });
  }

  for (const algorithm of mlDsaAlgorithms) {
    it(`issues under ${algorithm} what Node verifies, which no other key and no other text does`, async (t) => {
      const house = aHouse(t);
      const root = await aRoot(house, account, algorithm, algorithm);
      house.keys.rows.push(root.key);
      const { der, signatureAlgorithm } = await house.signer.issue(
        account,
        await keyRequest(house, root, 'pq.example'),
      );
      const [leaf, issuer] = [new X509Certificate(der), new X509Certificate(root.certificate.der)];
      assert.equal(signatureAlgorithm, algorithm);
      assert.ok(leaf.verify(issuer.publicKey) && issuer.verify(issuer.publicKey));
      assert.equal(leaf.verify(leaf.publicKey), false);
    });

    it(`refuses that ${algorithm} makes any other signature, and others make this one`, async (t) => {
      const house = aHouse(t);
      for (const other of signatureAlgorithms) {
        if (other === algorithm) continue;
        await assert.rejects(aRoot(house, account, algorithm, other), isFault('mismatch', /cannot make/));
      }
      for (const other of ['P-256', 'RSA-2048', ...mlDsaAlgorithms] as const) {
        if (other === algorithm) continue;
        await assert.rejects(aRoot(house, account, other, algorithm), isFault('mismatch', /cannot make/));
      }
    });
  }

  it('signs 1,000 jobs at once, each with a serial number of its own, and reads the key once', async (t) => {
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const fresh = aSignerBeside(t, house);
    const request = await keyRequest(house, root, 'many.example');
    const reads = house.keys.reads;
    const issued = await Promise.all(Array.from({ length: 1000 }, () => fresh.issue(account, request)));
    assert.equal(new Set(issued.map(({ serial }) => serial)).size, 1000);
    assert.equal(house.keys.reads - reads, 1);
    assert.equal(fresh.queueLength, 0);
    const issuer = new X509Certificate(root.certificate.der);
    assert.ok(issued.every(({ der }) => new X509Certificate(der).verify(issuer.publicKey)));
  });

  it('takes octets that lie in a shared pool, and sends the pool nowhere', async (t) => {
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const request = await keyRequest(house, root, 'pool.example');
    const pooled = Buffer.concat([randomBytes(7), root.certificate.der, randomBytes(7)]).subarray(7, -7);
    const issuer = { ...request.issuer, certificate: pooled };
    const { der } = await house.signer.issue(account, { ...request, issuer });
    assert.equal(der.byteLength, der.buffer.byteLength);
  });
});

describe('a key in the signer', () => {
  it('never signs for another account, also when the signer holds it', async (t) => {
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const request = await keyRequest(house, root, 'mine.example');
    await house.signer.issue(account, request);
    await assert.rejects(house.signer.issue(stranger, request), isFault('not-found', /holds no key/));
    for (const row of [root.key, { ...root.key, account: stranger }]) {
      await assert.rejects(house.signer.issueWith(stranger, row, request), isFault('unavailable', /does not open/));
    }
    house.keys.rows.push({ ...root.key, account: stranger });
    await assert.rejects(house.signer.issue(stranger, request), isFault('unavailable', /does not open/));
    await house.signer.issue(account, request);
  });

  it('is not taken for another one', async (t) => {
    const house = aHouse(t);
    const [root, other] = [await aStoredRoot(house), await house.vault.generate(account, 'P-256')];
    const fresh = aSignerBeside(t, house);
    const request = await keyRequest(house, root, 'x.example');
    await assert.rejects(fresh.issueWith(account, other, request), isFault('mismatch', /was sent for key/));
    await assert.rejects(fresh.issueWith(account, { ...other, id: root.key.id }, request), Fault);
    assert.ok((await fresh.issue(account, request)).der.length > 0);
  });

  it('makes no signing request for another public key (RFC 2986 §3)', async (t) => {
    const house = aHouse(t);
    const [key, other] = [await house.vault.generate(account, 'P-256'), await house.vault.generate(account, 'P-256')];
    const request = {
      key: key.id,
      subject: named('x'),
      signatureAlgorithm: 'SHA256-ECDSA',
      profile: rootProfile,
    } as const;
    const { publicKey } = other;
    await assert.rejects(
      house.signer.signCsr(account, { ...request, publicKey }, key),
      isFault('mismatch', /is not that of key/),
    );
    await house.signer.signCsr(account, { ...request, publicKey: key.publicKey }, key);
  });

  it('comes again after the signer had to forget it', async (t) => {
    const house = aHouse(t, 2);
    const roots: Root[] = [];
    for (let count = 0; count < 4; count += 1) roots.push(await aStoredRoot(house));
    const requests = await Promise.all(roots.map((root) => keyRequest(house, root, 'x.example')));
    for (let round = 0; round < 3; round += 1) {
      const issued = await Promise.all(requests.map((request) => house.signer.issue(account, request)));
      issued.forEach(({ der }, at) => assertIssuedBy(der, roots[at]));
    }
    assert.deepEqual(house.crashes, []);
  });

  it('that was damaged in the store is a Fault, and works again when the row is whole', async (t) => {
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const fresh = aSignerBeside(t, house);
    const request = await keyRequest(house, root, 'x.example');
    const whole = root.key;
    const broken: SealedKey = { ...whole, wrappedDataKey: Uint8Array.from(whole.wrappedDataKey).fill(7, 20, 24) };
    house.keys.rows.splice(0, 1, broken);
    const both = [fresh.issue(account, request), fresh.issue(account, request)];
    for (const one of both) await assert.rejects(one, isFault('unavailable', /does not open/));
    house.keys.rows.splice(0, 1, whole);
    await fresh.issue(account, request);
  });
});

describe('a fault in the signer', () => {
  it('crosses with its kind, sentence and subject, and the others of the batch go on', async (t) => {
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const good = await keyRequest(house, root, 'good.example');
    const bad = leafRequest(root, new Uint8Array([0x30, 0x03, 1, 2]));
    const jobs = [good, bad, good].map((request) => house.signer.issue(account, request));
    const [first, second, third] = await Promise.allSettled(jobs);
    assert.deepEqual([first?.status, third?.status], ['fulfilled', 'fulfilled']);
    assert.ok(second?.status === 'rejected' && second.reason instanceof Fault);
    assert.equal(second.reason.kind, 'malformed');
    assert.equal(second.reason.subject.what, 'csr');
  });

  it('that is a bug rejects the job alone and the thread lives on', async (t) => {
    const threads = threadsOf(t);
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const good = await keyRequest(house, root, 'good.example');
    const broken = { ...good, validity: undefined } as unknown as typeof good; // what no front may send
    await assert.rejects(house.signer.issue(account, broken), /the signer thread failed: TypeError/);
    const uncloneable = { ...good, pointers: () => {} } as unknown as typeof good; // no message carries a function
    const beside = house.signer.issue(account, good);
    await assert.rejects(house.signer.issue(account, uncloneable), /could not be cloned/);
    await beside;
    await house.signer.issue(account, good);
    assert.equal(threads.length, 1);
  });

  it('shows no secret', async (t) => {
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const row = { ...root.key, sealedPrivateKey: root.key.sealedPrivateKey.slice(1) };
    const request = await keyRequest(house, root, 'x.example');
    const fresh = aSignerBeside(t, house);
    const cause = await fresh.issueWith(account, row, request).catch((fault: unknown) => fault);
    const text = inspect([cause, fresh, house.vault], { depth: 9, showHidden: true, maxArrayLength: Infinity });
    assertSilent(text, house.masterKey.key.export());
  });
});

describe('a signer that dies', () => {
  it('rejects what it was asked, and a new one goes on', async (t) => {
    const threads = threadsOf(t);
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const request = await keyRequest(house, root, 'x.example');
    const lost = Array.from({ length: 50 }, () => house.signer.issue(account, request));
    const ends = Promise.allSettled(lost);
    await threads[0]?.terminate();
    const reasons = (await ends).flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    assert.ok(reasons.length > 0 && reasons.every(isFault('unavailable', /stopped/)));
    assert.equal(house.signer.queueLength, 0);
    assertIssuedBy((await house.signer.issue(account, request)).der, root);
    assert.equal(threads.length, 2);
  });

  it('rejects everything when it is closed', async (t) => {
    const house = aHouse(t);
    const root = await aStoredRoot(house);
    const request = await keyRequest(house, root, 'x.example');
    const lost = assert.rejects(house.signer.issue(account, request), isFault('unavailable', /stopped/));
    await house.signer.close();
    await lost;
    await setImmediate();
    await assert.rejects(house.signer.issue(account, request), isFault('unavailable', /stopped/));
  });
});

/** Another signer over the same store, which holds no keys yet. */
function aSignerBeside(t: TestContext, { masterKey, keys }: House): SignerClient {
  const signer = new SignerClient({ masterKey, keys, onCrash: (cause) => assert.fail(inspect(cause)) });
  t.after(() => signer.close());
  return signer;
}

function assertIssuedBy(der: Uint8Array, root: Root | undefined): void {
  assert.ok(root !== undefined && new X509Certificate(der).verify(new X509Certificate(root.certificate.der).publicKey));
}

async function assertVerifies(t: TestContext, openssl: string, root: Root, leaf: Uint8Array): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-signer-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, der: Uint8Array) => {
    writeFileSync(join(folder, name), new X509Certificate(der).toString());
    return join(folder, name);
  };
  const files = [write('root.pem', root.certificate.der), write('leaf.pem', leaf)] as const;
  await outputOf(openssl, ['verify', '-x509_strict', '-check_ss_sig', '-CAfile', files[0], files[1]]);
  await outputOf(openssl, ['req', '-inform', 'DER', '-verify', '-noout'], { input: root.csr });
}
