import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runProgram } from '../programs.ts';

const root = dirname(dirname(import.meta.dirname));
const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');

/** Room → what it may import, as docs/ARCHITECTURE.md says it; `app` may import every room. */
const rooms: Record<string, readonly string[]> = {
  core: [],
  x509: ['core'],
  formats: ['core', 'x509'],
  services: ['core', 'x509', 'formats'],
  wire: ['core', 'services'],
  fronts: ['core', 'x509', 'formats', 'services', 'wire'],
  vault: ['core', 'x509'],
  workers: ['core', 'x509', 'vault', 'store'],
  store: ['core'],
  objects: ['core'],
  jobs: ['core', 'services'],
  cli: ['app'],
  app: ['core', 'x509', 'formats', 'services', 'wire', 'fronts', 'vault', 'workers', 'store', 'objects', 'jobs', 'cli'],
};
const forms: Record<string, (path: string) => string> = {
  value: (path) => `import { a } from '${path}';\nconsole.log(a);\n`,
  type: (path) => `import type { A } from '${path}';\nexport const a: A | undefined = undefined;\n`,
  'again-exported': (path) => `export * from '${path}';\n`,
};

describe('the dependency rules of the rooms', () => {
  let folder = '';
  let caught: ReadonlySet<string> = new Set();
  const planted = new Map<string, string>();

  function plant(file: string, text: string): string {
    planted.set(file, text);
    return file;
  }

  /** Every pair of rooms in every form, one folder deep and two. */
  const pairs = Object.keys(rooms).flatMap((from) =>
    Object.keys(rooms).flatMap((to) =>
      from === to
        ? []
        : Object.entries(forms).map(([form, write]) => ({
            from,
            to,
            files: [
              plant(`src/${from}/${form}-${to}.ts`, write(`../${to}/planted.ts`)),
              plant(`src/${from}/deep/${form}-${to}.ts`, write(`../../${to}/planted.ts`)),
            ],
          })),
    ),
  );
  const value = forms['value'] ?? String;
  const alone = {
    nodeInCore: plant('src/core/node.ts', value('node:fs')),
    npmInCore: plant('src/core/npm.ts', value('fflate')),
    frontInFront: plant('src/fronts/aws-acm/other.ts', value('../aws-pca/list.ts')),
    sqlInServices: plant('src/services/sql.ts', value('kysely')),
    sqlInApp: plant('src/app/sql.ts', value('node:sqlite')),
    fileInServices: plant('src/services/file.ts', value('node:fs/promises')),
    socketInX509: plant('src/x509/socket.ts', "import { connect } from 'node:net';\nconnect(1);\n"),
    environmentInWire: plant('src/wire/environment.ts', 'export const a = process.env;\n'),
  };
  const fine = [
    plant('src/x509/address.ts', "import { isIP } from 'node:net';\nisIP('');\n"),
    plant('src/fronts/aws-acm/own.ts', value('./list.ts')),
    plant('src/store/sql.ts', value('kysely')),
    plant('src/app/environment.ts', 'export const a = process.env;\n'),
  ];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chancery-rooms-'));
    for (const [file, text] of planted) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    caught = await lintedFiles(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const from of Object.keys(rooms)) {
    it(`src/${from} imports ${rooms[from]?.join(', ') || 'nothing'} and no other room, not even a type`, () => {
      for (const pair of pairs.filter((pair) => pair.from === from)) {
        const isAllowed = rooms[from]?.includes(pair.to) === true;
        for (const file of pair.files) assert.equal(caught.has(file), !isAllowed, file);
      }
    });
  }

  for (const [rule, file] of Object.entries(alone)) {
    it(`catches ${rule}`, () => assert.ok(caught.has(file)));
  }

  it('lets through what is allowed', () =>
    assert.deepEqual(
      fine.filter((file) => caught.has(file)),
      [],
    ));

  it('knows every room and every front of the tree', async () => {
    for (const room of await foldersIn('src')) assert.ok(room in rooms, `src/${room} has no rule`);
    const fronts = await foldersIn('src/fronts');
    const strangers = fronts.filter((front) => !/^((aws|huawei)-[a-z0-9-]+|acme|ocsp|crl|api|home)$/.test(front));
    assert.deepEqual(strangers, [], 'name these fronts in .oxlintrc.json too');
  });

  it('hold in the real tree', async () => assert.deepEqual([...(await lintedFiles(root))], []));
});

/** The files below `src` of a tree where a rule about imports or the environment is broken. */
async function lintedFiles(cwd: string): Promise<ReadonlySet<string>> {
  const { stdout, stderr } = await runProgram(process.execPath, [oxlint, '--format', 'json', 'src'], { cwd });
  assert.ok(stdout.length > 0, stderr);
  const report: { diagnostics: { code: string; filename: string }[] } = JSON.parse(stdout.toString());
  const broken = report.diagnostics.filter(({ code }) => /no-restricted-imports|no-process-env/.test(code));
  return new Set(broken.map(({ filename }) => filename));
}

async function foldersIn(path: string): Promise<string[]> {
  if (!existsSync(join(root, path))) return [];
  const entries = await readdir(join(root, path), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
