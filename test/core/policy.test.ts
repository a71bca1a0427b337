import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accountId } from '../../src/core/ids.ts';
import { readPolicy } from '../../src/core/policy-document.ts';
import { decide, type PolicyRequest, type Verdict } from '../../src/core/policy.ts';

const account = '111122223333';
const arn = `arn:aws:iam::${account}:user/alice`;
const resource = 'arn:aws:acm-pca:us-east-1:444455556666:certificate-authority/1';
const template = 'arn:aws:acm-pca:::template/EndEntityCertificate/V1';

const asked = (more: Partial<PolicyRequest> = {}, context: Record<string, string[]> = {}): PolicyRequest => ({
  principal: { account: accountId(account), arn },
  action: 'acm-pca:IssueCertificate',
  resource,
  context: new Map(
    Object.entries({
      'acm-pca:templatearn': [template],
      'aws:principalarn': [arn],
      'aws:sourceaccount': [],
      ...context,
    }),
  ),
  ...more,
});

type Json = Record<string, unknown>;
const allow: Json = {
  Effect: 'Allow',
  Principal: { AWS: account },
  Action: 'acm-pca:IssueCertificate',
  Resource: resource,
};
/** A member given as undefined is left out. */
const policyOf = (...statements: Json[]) =>
  readPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), 'resource');
const verdict = (statement: Json, request = asked()): Verdict => decide([policyOf(statement)], request);
const having = (more: Json, request = asked()) => verdict({ ...allow, ...more }, request);
const under = (operator: string, key: string, value: unknown, request = asked()) =>
  having({ Condition: { [operator]: { [key]: value } } }, request);

describe('a policy', () => {
  it('allows what a statement names, and nothing else', () => {
    assert.equal(having({}), 'allowed');
    assert.equal(having({}, asked({ action: 'acm-pca:RevokeCertificate' })), 'undecided');
    assert.equal(having({}, asked({ resource: `${resource}2` })), 'undecided');
    assert.equal(decide([], asked()), 'undecided');
    assert.equal(decide([policyOf(allow)], asked({ action: 'ACM-PCA:issuecertificate' })), 'allowed');
  });

  it('names principals by account id, the ARN of the account, of a user, or everybody', () => {
    const ways: readonly (readonly [unknown, Verdict])[] = [
      ['*', 'allowed'],
      [{ AWS: '*' }, 'allowed'],
      [{ AWS: ['999999999999', account] }, 'allowed'],
      [{ AWS: `arn:aws:iam::${account}:root` }, 'allowed'],
      [{ AWS: arn }, 'allowed'],
      [{ AWS: `arn:aws:iam::${account}:user/bob` }, 'undecided'],
      [{ AWS: `arn:aws:iam::${account}:user/*` }, 'undecided'],
      [{ AWS: `arn:aws:iam::*:root` }, 'undecided'],
      [{ AWS: '11112222333' }, 'undecided'],
      [{ AWS: `x${account}` }, 'undecided'],
      [{ Service: account }, 'undecided'],
      [{ Service: 'acm.amazonaws.com', CanonicalUser: arn }, 'undecided'],
    ];
    for (const [Principal, expected] of ways) assert.equal(having({ Principal }), expected, JSON.stringify(Principal));
  });

  it('NotPrincipal never allows, and in a deny spares only those named by user and account', () => {
    const other = { AWS: '999999999999' };
    assert.equal(having({ Principal: undefined, NotPrincipal: other }), 'undecided');
    const deny = (NotPrincipal: unknown) => having({ Effect: 'Deny', Principal: undefined, NotPrincipal });
    assert.equal(deny(other), 'denied');
    assert.equal(deny({ AWS: arn }), 'denied');
    assert.equal(deny({ AWS: account }), 'denied');
    assert.equal(deny({ AWS: [arn, account] }), 'undecided');
  });

  it('NotAction and NotResource mean everything else', () => {
    const but = (NotAction: unknown) => having({ Action: undefined, NotAction });
    assert.equal(but('acm-pca:RevokeCertificate'), 'allowed');
    assert.equal(but(['acm-pca:RevokeCertificate', 'acm-pca:I*']), 'undecided');
    assert.equal(but('acm-pca:${aws:username}'), 'undecided');
    assert.equal(having({ Resource: undefined, NotResource: resource }), 'undecided');
    assert.equal(having({ Resource: undefined, NotResource: `${resource}2` }), 'allowed');
  });
});

describe('wildcards', () => {
  it('do not cross a colon; alone they stand for everything', () => {
    const matches = (Resource: string) => having({ Resource }) === 'allowed';
    assert.equal(matches('*'), true);
    assert.equal(matches('arn:aws:acm-pca:*:444455556666:certificate-authority/*'), true);
    assert.equal(matches('arn:aws:acm-pca:us-*-?:444455556666:certificate-authority/?'), true);
    assert.equal(matches('arn:aws:acm-pca:*'), false);
    assert.equal(matches('arn:*'), false);
    assert.equal(matches('arn:aws:acm-pca:*:certificate-authority/1'), false);
    assert.equal(matches('arn:aws:acm-pca:us-east-1:444455556666?certificate-authority/1'), false);
    assert.equal(having({ Action: 'acm-pca:*' }), 'allowed');
    assert.equal(having({ Action: 'acm*' }), 'undecided');
    assert.equal(having({ Action: '*' }), 'allowed');
  });

  it('match as the obvious slow rule does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 });
    const value = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 8 });
    fc.assert(
      fc.property(text, value, (pattern, name) => {
        fc.pre(pattern !== '');
        const slow = new RegExp(`^${pattern.replaceAll('*', '[^:]*').replaceAll('?', '[^:]')}$`).test(name);
        const expected = pattern === '*' || slow ? 'allowed' : 'undecided';
        assert.equal(having({ Resource: pattern }, asked({ resource: name })), expected);
      }),
    );
  });

  it('of a hostile pattern take no more than pattern times value steps', () => {
    const pattern = `${'*a'.repeat(20_000)}b`;
    assert.equal(having({ Resource: pattern }, asked({ resource: 'a'.repeat(200) })), 'undecided');
  });
});

describe('conditions', () => {
  it('compare as their operators say', () => {
    const key = 'acm-pca:TemplateArn';
    const other = 'arn:aws:acm-pca:::template/RootCACertificate/V1';
    const rows: readonly (readonly [string, unknown, boolean])[] = [
      ['StringEquals', template, true],
      ['StringEquals', [other, template], true],
      ['StringEquals', template.toUpperCase(), false],
      ['StringEquals', 'arn:aws:acm-pca:::template/*', false],
      ['StringNotEquals', other, true],
      ['StringNotEquals', [other, template], false],
      ['StringEqualsIgnoreCase', template.toUpperCase(), true],
      ['StringNotEqualsIgnoreCase', template.toUpperCase(), false],
      ['StringLike', 'arn:aws:acm-pca:::template/EndEntity*/V?', true],
      ['StringLike', 'arn:*', false],
      ['StringNotLike', 'arn:aws:acm-pca:::template/Root*', true],
      ['ArnEquals', template, true],
      ['ArnLike', 'arn:*:acm-pca:*:*:template/EndEntityCertificate/V*', true],
      ['ArnLike', 'EndEntity*', false],
      ['ArnNotLike', 'arn:aws:acm-pca:::template/Root*', true],
      ['ArnNotLike', 'EndEntity*', false],
      ['Null', 'false', true],
      ['Null', false, true],
      ['Null', 'true', false],
      ['Null', 'maybe', false],
      ['StringEqualsIfExists', template, true],
      ['StringEqualsIfExists', other, false],
    ];
    for (const [operator, value, expected] of rows) {
      assert.equal(under(operator, key, value) === 'allowed', expected, `${operator} ${JSON.stringify(value)}`);
    }
    assert.equal(under('Bool', 'aws:flag', true, asked({}, { 'aws:flag': ['true'] })), 'allowed');
    assert.equal(under('Bool', 'aws:flag', 'yes', asked({}, { 'aws:flag': ['yes'] })), 'undecided');
  });

  it('of a known key that the request does not have hold when negated, IfExists, or Null', () => {
    const key = 'aws:SourceAccount';
    const holding = ['StringNotEquals', 'StringNotLike', 'StringEqualsIfExists', 'ArnLikeIfExists', 'BoolIfExists'];
    for (const operator of holding) assert.equal(under(operator, key, account), 'allowed', operator);
    for (const operator of ['StringEquals', 'StringLike', 'ArnEquals', 'Bool']) {
      assert.equal(under(operator, key, account), 'undecided', operator);
    }
    assert.equal(under('Null', key, 'true'), 'allowed');
  });

  it('on keys, operators or variables that are not known never allow, and in a deny count as met', () => {
    const unknown: readonly (readonly [string, string, string])[] = [
      ['StringEquals', 'aws:Nothing', 'x'],
      ['StringNotEquals', 'aws:Nothing', 'x'],
      ['StringEqualsIfExists', 'aws:Nothing', 'x'],
      ['Null', 'aws:Nothing', 'true'],
      ['NumericLessThan', 'aws:PrincipalArn', '1'],
      ['ForAllValues:StringEquals', 'aws:PrincipalArn', arn],
      ['stringequals', 'aws:PrincipalArn', arn],
      ['toString', 'aws:PrincipalArn', arn],
      ['IfExists', 'aws:SourceAccount', arn],
      ['NullIfExists', 'aws:SourceAccount', 'true'],
      ['StringNotEquals', 'aws:PrincipalArn', '${aws:username}'],
    ];
    for (const [operator, key, value] of unknown) {
      assert.equal(under(operator, key, value), 'undecided', operator);
      const Condition = { [operator]: { [key]: value } };
      assert.equal(having({ Effect: 'Deny', Condition }), 'denied', operator);
    }
  });

  it('of a key with several values never allow', () => {
    const request = asked({}, { 'aws:principalorgpaths': ['a', 'b'] });
    assert.equal(under('StringEquals', 'aws:PrincipalOrgPaths', 'a', request), 'undecided');
    assert.equal(under('StringNotEquals', 'aws:PrincipalOrgPaths', 'c', request), 'undecided');
  });

  it('must all hold', () => {
    const both = (value: string) =>
      having({ Condition: { StringEquals: { 'acm-pca:TemplateArn': template, 'aws:PrincipalArn': value } } });
    assert.equal(both(arn), 'allowed');
    assert.equal(both('x'), 'undecided');
  });
});

/** Statements of every form, made of few words so that they often meet the request. */
const anyOf = (...words: unknown[]) => fc.constantFrom(...words);
const pair = (name: string, words: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom(name, `Not${name}`), words).map(([member, value]) => ({ [member]: value }));
const condition = fc
  .tuple(
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'ArnLike', 'Null', 'Bool', 'NumericEquals', 'Odd'),
    fc.constantFrom('', 'IfExists'),
    fc.constantFrom('acm-pca:TemplateArn', 'aws:PrincipalArn', 'aws:SourceAccount', 'aws:Unknown'),
    fc.constantFrom(template, arn, account, 'true', 'arn:aws:*:::*', '${aws:username}'),
  )
  .map(([operator, suffix, key, value]) => ({ [`${operator}${suffix}`]: { [key]: value } }));
const statement = fc
  .tuple(
    fc.constantFrom('Allow', 'Deny'),
    pair('Principal', anyOf('*', { AWS: account }, { AWS: [arn, account] }, { AWS: '999999999999' }, { Service: 'x' })),
    pair('Action', anyOf('*', 'acm-pca:*', 'acm-pca:IssueCertificate', ['acm-pca:Other'])),
    pair('Resource', anyOf('*', resource, `${resource}*`, 'arn:aws:acm-pca:*:*:certificate-authority/${x}')),
    fc.option(condition, { nil: undefined }),
  )
  .map(
    ([Effect, principal, action, named, Condition]): Json => ({ Effect, ...principal, ...action, ...named, Condition }),
  );
const statements = fc.array(statement, { minLength: 1, maxLength: 5 });

describe('whatever a policy says', () => {
  it('a deny that applies always wins, wherever it stands and whatever allows', () => {
    const deny = { ...allow, Effect: 'Deny', Principal: '*' };
    fc.assert(
      fc.property(statements, fc.nat(5), (others, at) => {
        const all = others.toSpliced(at, 0, deny);
        assert.equal(decide([policyOf(...all)], asked()), 'denied');
        assert.equal(decide([policyOf(...others), policyOf(deny)], asked()), 'denied');
      }),
    );
  });

  it('adding a deny never adds rights, and adding an allow never takes a denial away', () => {
    fc.assert(
      fc.property(statements, statement, (before, added) => {
        const was = decide([policyOf(...before)], asked());
        const is = decide([policyOf(...before, added)], asked());
        if (added['Effect'] === 'Deny') assert.equal(is === 'allowed' && was !== 'allowed', false);
        if (was === 'denied') assert.equal(is, 'denied');
      }),
    );
  });

  it('statements without an allow never allow, and an unknown condition takes every allow away', () => {
    fc.assert(
      fc.property(statements, (given) => {
        const denies = given.map((each) => ({ ...each, Effect: 'Deny' }));
        assert.notEqual(decide([policyOf(...denies)], asked()), 'allowed');
        const unknown = given.map((each) => ({ ...each, Condition: { StringNotEquals: { 'aws:Unheard': 'x' } } }));
        assert.notEqual(decide([policyOf(...unknown)], asked()), 'allowed');
      }),
    );
  });

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(statements, (given) => {
        assert.equal(decide([policyOf(...given)], asked()), decide([policyOf(...given.toReversed())], asked()));
      }),
    );
  });
});
