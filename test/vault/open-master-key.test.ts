import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { makeMasterKeyFile } from '../../src/vault/master-key-file.ts';
import { assertMasterKeyOfStore, openMasterKey } from '../../src/vault/open-master-key.ts';
import { MemoryKeys } from '../contracts/memory-keys.ts';
import { isFault } from '../contracts/vault.ts';

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-vault-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function aSecretFile(t: TestContext, text: string, mode = 0o600): string {
  const path = join(aFolder(t), 'secret');
  writeFileSync(path, text, { mode: 0o600 });
  chmodSync(path, mode);
  return path;
}

describe('a master key file', () => {
  it('is made 0600 and opens as the same key each time', async (t) => {
    const keyFile = join(aFolder(t), 'master.key');
    makeMasterKeyFile(keyFile);
    assert.equal(statSync(keyFile).mode & 0o777, 0o600);
    const [one, again] = [await openMasterKey({ keyFile }), await openMasterKey({ keyFile })];
    assert.equal(one.version, 1);
    assert.equal(one.checkValue, again.checkValue);
  });

  it('is never made over another one', (t) => {
    const keyFile = join(aFolder(t), 'master.key');
    makeMasterKeyFile(keyFile);
    const before = readFileSync(keyFile);
    assert.throws(() => makeMasterKeyFile(keyFile), isFault('already-exists', /exists already/));
    assert.deepEqual(readFileSync(keyFile), before);
    assert.deepEqual(readdirSync(dirname(keyFile)), ['master.key']); // nothing partial stays
  });

  it('may be 0400 and nothing wider', async (t) => {
    const keyFile = join(aFolder(t), 'master.key');
    makeMasterKeyFile(keyFile);
    chmodSync(keyFile, 0o400);
    await openMasterKey({ keyFile });
    for (const mode of [0o640, 0o604, 0o660, 0o644, 0o700, 0o666]) {
      chmodSync(keyFile, mode);
      const found = new RegExp(`permissions 0${mode.toString(8)}, expected 0600 or 0400`);
      await assert.rejects(openMasterKey({ keyFile }), isFault('invalid', found));
    }
  });

  it('is refused when anything in it is not as it was written', async (t) => {
    const keyFile = join(aFolder(t), 'master.key');
    makeMasterKeyFile(keyFile);
    const text = readFileSync(keyFile, 'latin1');
    const key = text.trimEnd().split(' ')[4] ?? '';
    const changed = [
      '',
      text.trimEnd().slice(0, -1),
      `${text}${text}`,
      ` ${text}`,
      text.replace(' 1 1 ', ' 1 2 1 '),
      text.replace(' 1 1 ', ' 2 1 '),
      text.replace(key, `${key.slice(0, -2)}==`),
      text.replace(key, `${key.slice(0, -4)}AA==`), // canonical, but of 31 octets
      text.replace(key, (key.startsWith('A') ? 'B' : 'A') + key.slice(1)),
      'x'.repeat(200),
    ];
    for (const content of changed) {
      writeFileSync(keyFile, content);
      const cause = await openMasterKey({ keyFile }).catch((fault: unknown) => fault);
      assert.ok(isFault('invalid', /master key file/)(cause), content);
      assert.ok(!String(cause).includes(key.slice(0, 12)), 'the sentence quotes the key');
    }
  });

  it('is missed with its path, and a folder is none', async (t) => {
    const folder = aFolder(t);
    const keyFile = join(folder, 'none');
    await assert.rejects(openMasterKey({ keyFile }), isFault('not-found', /none does not exist/));
    await assert.rejects(openMasterKey({ keyFile: folder }), isFault('invalid', /not a regular file/));
  });
});

describe('a master passphrase', () => {
  it('makes its salt once and then gives the same key, with or without a newline', async (t) => {
    const passphraseFile = aSecretFile(t, 'correct horse battery\n');
    const saltFile = join(aFolder(t), 'salt');
    const first = await openMasterKey({ passphraseFile, saltFile });
    assert.match(readFileSync(saltFile, 'latin1'), /^chancery-scrypt 1 1 131072 8 1 \S{24} [0-9a-f]{16}\n$/);
    writeFileSync(passphraseFile, 'correct horse battery');
    assert.equal((await openMasterKey({ passphraseFile, saltFile })).checkValue, first.checkValue);
  });

  it('is refused when it is another one than the salt was made with', async (t) => {
    const passphraseFile = aSecretFile(t, 'correct horse battery\n');
    const saltFile = join(aFolder(t), 'salt');
    await openMasterKey({ passphraseFile, saltFile });
    writeFileSync(passphraseFile, 'correct horse batterz\n');
    await assert.rejects(openMasterKey({ passphraseFile, saltFile }), isFault('mismatch', /not the passphrase/));
  });

  it('has at least 12 octets in a file of its owner alone', async (t) => {
    const saltFile = join(aFolder(t), 'salt');
    const short = aSecretFile(t, 'eleven char\n');
    await assert.rejects(
      openMasterKey({ passphraseFile: short, saltFile }),
      isFault('invalid', /found 11 octets, at least 12/),
    );
    const open = aSecretFile(t, 'correct horse battery\n', 0o644);
    await assert.rejects(openMasterKey({ passphraseFile: open, saltFile }), isFault('invalid', /permissions 0644/));
  });

  it('is not spent on cheap or ruinous parameters', async (t) => {
    const passphraseFile = aSecretFile(t, 'correct horse battery\n');
    for (const cost of ['65536 8 1', '131073 8 1', '2097152 8 1', '131072 1 1', '131072 8 99']) {
      const saltFile = aSecretFile(t, `chancery-scrypt 1 1 ${cost} ${'A'.repeat(22)}== ${'0'.repeat(16)}\n`);
      await assert.rejects(openMasterKey({ passphraseFile, saltFile }), isFault('invalid', /expected N from 2\^17/));
    }
  });
});

describe('a store', () => {
  it('keeps to the master key of its first start', async (t) => {
    const folder = aFolder(t);
    const [one, other] = ['one', 'other'].map((name) => join(folder, name));
    for (const keyFile of [one, other]) makeMasterKeyFile(keyFile ?? '');
    const memory = new MemoryKeys();
    const store = {
      commit: memory.commit,
      settings: { get: async (name: string) => memory.settings.get(name), list: async () => [] },
    };
    const right = await openMasterKey({ keyFile: one ?? '' });
    await assertMasterKeyOfStore(right, store);
    await assertMasterKeyOfStore(right, store);
    const wrong = await openMasterKey({ keyFile: other ?? '' });
    await assert.rejects(assertMasterKeyOfStore(wrong, store), isFault('mismatch', /not the one that the keys/));
  });

  it('admits one of two servers that come first with different master keys', async (t) => {
    const folder = aFolder(t);
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    for (const keyFile of [one, other]) makeMasterKeyFile(keyFile);
    const memory = new MemoryKeys();
    const [first, second] = [await openMasterKey({ keyFile: one }), await openMasterKey({ keyFile: other })];
    const settings = { get: async (name: string) => memory.settings.get(name), list: async () => [] };
    await assertMasterKeyOfStore(first, { commit: memory.commit, settings });
    // The second one looked before the first one wrote.
    let looks = 0;
    const early = { ...settings, get: async (name: string) => (++looks === 1 ? undefined : settings.get(name)) };
    await assert.rejects(
      assertMasterKeyOfStore(second, { commit: memory.commit, settings: early }),
      isFault('mismatch', /not the one that the keys/),
    );
  });
});
