import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPolicy, unknownOperators } from '../../src/core/policy-document.ts';
import { longestPolicy } from '../../src/core/policy-json.ts';
import { isFault } from '../contracts/store-under-test.ts';

const statement = { Effect: 'Allow', Principal: '*', Action: 'a:B', Resource: '*' };
const text = (more: object = {}, document: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...more }], ...document });
const refused = (document: string, kind: 'resource' | 'identity' = 'resource') =>
  assert.throws(() => readPolicy(document, kind), isFault('malformed', 'policy'), document.slice(0, 200));

describe('a policy document', () => {
  it('is read with lists or single values, an Id, and either version or none', () => {
    const [first] = readPolicy(text({ Sid: 'x', Action: ['a:B', 'a:C'] }, { Id: 'id' }), 'resource').statements;
    assert.deepEqual(first?.actions, { kind: 'of', patterns: ['a:b', 'a:c'] });
    assert.equal(first?.sid, 'x');
    readPolicy(text({}, { Version: '2008-10-17', Statement: statement }), 'resource');
    readPolicy(text({}, { Version: undefined }), 'resource');
    readPolicy(text({ Sid: '1' }, { Statement: [statement, statement] }), 'resource');
  });

  it('of an identity has no principal, of a resource always one', () => {
    readPolicy(text({ Principal: undefined }), 'identity');
    refused(text(), 'identity');
    refused(text({ Principal: undefined }));
  });

  it('is refused with a member given twice, however the name is written', () => {
    const inner = text().slice(1, -1);
    refused(`{${inner},"Version":"2012-10-17"}`);
    refused(`{${inner},"\\u0056ersion":"2012-10-17"}`);
    refused(text().replace('"Effect":', '"Effect":"Deny","Effect" :'));
    refused(text({ Condition: { StringEquals: { k: 'v' } } }).replace('{"k":"v"}', '{"k":"v","k":"w"}'));
    readPolicy(text({ Sid: '{\\"Effect\\":[' }), 'resource');
  });

  it('is refused when it is no JSON, too long or too deep', () => {
    for (const document of ['', ' ', 'null', '[]', '"x"', '{', text().slice(1), `${text()}x`]) refused(document);
    refused(`${text()}${' '.repeat(longestPolicy)}`);
    refused('['.repeat(longestPolicy));
    refused('{"a":'.repeat(13_000));
    refused(text({ Resource: [[[[[[['x']]]]]]] }));
  });

  it('is refused with what it does not know or what has another type', () => {
    for (const document of [
      text({ Extra: 1 }),
      text({ effect: 'Allow' }),
      text({ Effect: 'allow' }),
      text({ Effect: undefined }),
      text({ Action: undefined }),
      text({ Action: [] }),
      text({ Action: [1] }),
      text({ Action: '' }),
      text({ NotAction: 'a:B' }),
      text({ Resource: undefined }),
      text({ NotResource: '*' }),
      text({ NotPrincipal: '*' }),
      text({ Principal: 'alice' }),
      text({ Principal: {} }),
      text({ Principal: { aws: '*' } }),
      text({ Principal: { AWS: { a: 1 } } }),
      text({ Sid: 1 }),
      text({ Condition: [] }),
      text({ Condition: { StringEquals: 'x' } }),
      text({ Condition: { StringEquals: { k: [] } } }),
      text({ Condition: { StringEquals: { k: { v: 1 } } } }),
      text({ Condition: { StringEquals: { k: null } } }),
      text({}, { Version: '2020-01-01' }),
      text({}, { Statement: [] }),
      text({}, { Statement: undefined }),
      text({}, { Other: 1 }),
      text().replace('"Version"', '"__proto__"'),
    ]) {
      refused(document);
    }
  });

  it('names the operators that are not known', () => {
    const Condition = { StringEquals: { k: 'v' }, NumericEquals: { k: 1 }, ArnLikeIfExists: { k: 'v' } };
    assert.deepEqual(unknownOperators(readPolicy(text({ Condition }), 'resource')), ['NumericEquals']);
  });
});
