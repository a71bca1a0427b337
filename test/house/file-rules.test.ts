import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { fileViolations, violationsOf } from '../../scripts/file-rules.ts';

describe('the rules for files', () => {
  it('refuse a name that says nothing', () => {
    for (const name of ['utils', 'helpers', 'common', 'misc', 'types']) {
      assert.equal(violationsOf(`src/core/${name}.ts`, '').length, 1, name);
    }
    assert.equal(violationsOf('src/core/IssueCertificate.ts', '').length, 1);
    assert.deepEqual(violationsOf('src/core/issue-certificate.ts', ''), []);
  });

  it('refuse more than 400 lines without a reason', () => {
    assert.deepEqual(violationsOf('src/core/a.ts', '\n'.repeat(400)), []);
    assert.equal(violationsOf('src/core/a.ts', '\n'.repeat(401)).length, 1);
    assert.deepEqual(
      violationsOf('src/core/a.ts', `// more than 400 lines because it is one table${'\n'.repeat(401)}`),
      [],
    );
  });

  it('hold in the real tree', () => assert.deepEqual(fileViolations(dirname(dirname(import.meta.dirname))), []));
});
