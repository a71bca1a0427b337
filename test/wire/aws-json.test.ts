import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Fault } from '../../src/core/fault.ts';
import { unclaimed } from '../../src/wire/http/unclaimed.ts';
import { aRequest } from './a-key.ts';
import { aCaller, toyFront } from './a-toy-front.ts';

const toyArn = 'arn:aws:toy:us-east-1:111122223333:toy/1';
const secret = 'c2VjcmV0'; // `secret`

function call(body: unknown, target = 'Toy.ExportToy', type = 'application/x-amz-json-1.1') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return aRequest({ headers: { 'X-Amz-Target': target, 'Content-Type': type }, body: text });
}

async function answerTo(body: unknown, front = toyFront().front): Promise<{ status: number; document: unknown }> {
  const { status, body: document } = await front.answer(call(body));
  return { status, document: document === '' ? undefined : JSON.parse(String(document)) };
}

async function refusalTo(body: unknown): Promise<readonly [string, string]> {
  const { status, document } = await answerTo(body);
  assert.equal(status, 400);
  return [String(Reflect.get(Object(document), '__type')), String(Reflect.get(Object(document), 'message'))];
}

describe('AWS JSON 1.1', () => {
  describe('reads', () => {
    it('every kind of member, decoded, and drops what the shape does not name', async () => {
      const seen: unknown[] = [];
      const { front } = toyFront(async (input) => seen.push(structuredClone(input)));
      const { status, document } = await answerTo(
        {
          ToyArn: toyArn,
          Passphrase: secret,
          Tags: [
            { Key: 'a', Value: null },
            { Key: 'b', Value: 'ü 1' },
          ],
          Mode: 'FAST',
          MaxItems: 10,
          Since: 1.5,
          Verbose: null,
          Unknown: { __proto__: 1 },
        },
        front,
      );
      assert.deepEqual([status, document], [200, { Result: 1, Since: 1.5 }]);
      assert.deepEqual(seen, [
        {
          ToyArn: {
            text: toyArn,
            partition: 'aws',
            service: 'toy',
            region: 'us-east-1',
            account: '111122223333',
            resource: 'toy/1',
          },
          Passphrase: new Uint8Array(Buffer.from('secret')),
          Tags: [{ Key: 'a' }, { Key: 'b', Value: 'ü 1' }],
          Mode: 'FAST',
          MaxItems: 10,
          Since: 1500,
        },
      ]);
    });

    it('a member that comes twice by its last value, as the service’s parser does', async () => {
      const { document } = await answerTo(`{"ToyArn":"x","MaxItems":99,"MaxItems":1e0,"ToyArn":"${toyArn}"}`);
      assert.deepEqual(document, { Result: 'kept' });
    });

    it('whole numbers however they are written, and blanks around the document', async () => {
      for (const one of ['1', '1.0', '1e0', '10E-1', '0.1e1']) {
        assert.deepEqual((await answerTo(` \n{"ToyArn":"${toyArn}","MaxItems":${one}}\r\n\t`)).status, 200, one);
      }
    });

    it('a content type with a charset, in any case', async () => {
      for (const type of ['application/x-amz-json-1.1; charset=utf-8', 'Application/X-Amz-JSON-1.1']) {
        const { front } = toyFront();
        assert.equal((await front.answer(call({ ToyArn: toyArn }, 'Toy.ExportToy', type))).status, 200);
      }
    });

    it('wipes sensitive octets and the body when it has answered', async () => {
      const seen: { Passphrase?: Uint8Array }[] = [];
      const request = call({ ToyArn: toyArn, Passphrase: secret });
      await toyFront(async (input) => seen.push(Object(input))).front.answer(request);
      assert.deepEqual([...(seen[0]?.Passphrase ?? [])], [0, 0, 0, 0, 0, 0]);
      assert.ok(request.body.every((octet) => octet === 0));
    });
  });

  describe('refuses', () => {
    it('every broken rule in one message, in the order of the shape', async () => {
      const [type, message] = await refusalTo({
        ToyArn: 'x',
        Passphrase: 'YQ==',
        Tags: [{ Key: '' }, { Value: 'a|b' }],
        Mode: 'LAZY',
        MaxItems: 11,
      });
      assert.equal(type, 'ValidationException');
      assert.deepEqual(message.split(/: (.*)/s)[0], '8 validation errors detected');
      assert.deepEqual(message.slice(message.indexOf(': ') + 2).split('; '), [
        "Value 'x' at 'toyArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:[\\w+=/,.@-]+:toy:[\\w+=/,.@-]*:[0-9]*:[\\w+=,.@-]+(/[\\w+=,.@-]+)*",
        "Value 'x' at 'toyArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
        "Value at 'passphrase' failed to satisfy constraint: Member must have length greater than or equal to 4",
        "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
        "Value null at 'tags.2.member.key' failed to satisfy constraint: Member must not be null",
        "Value 'a|b' at 'tags.2.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)",
        "Value 'LAZY' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [FAST, SLOW]",
        "Value '11' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 10",
      ]);
    });

    it('one broken rule in the singular', async () => {
      assert.deepEqual(await refusalTo({}), [
        'ValidationException',
        "1 validation error detected: Value null at 'toyArn' failed to satisfy constraint: Member must not be null",
      ]);
    });

    it('an empty list, shown as Java shows it, and a member of a structure that is too long', async () => {
      assert.match(
        (await refusalTo({ ToyArn: toyArn, Tags: [] }))[1],
        /Value '\[\]' at 'tags' .* length greater than or equal to 1/,
      );
      const [, message] = await refusalTo({ ToyArn: toyArn, Color: { Name: 'secretly' } });
      assert.match(message, /^1 validation error detected: Value at 'color.name' .* less than or equal to 3$/);
      assert.ok(!message.includes('secretly'));
    });

    it('a wrong type alone and first, as a failure to parse', async () => {
      const typed = async (members: object) => refusalTo({ ToyArn: 'x', ...members });
      assert.deepEqual(await typed({ Mode: 1 }), [
        'SerializationException',
        'NUMBER_VALUE can not be converted to a String',
      ]);
      assert.deepEqual(await typed({ MaxItems: '1' }), [
        'SerializationException',
        'STRING_VALUE can not be converted to an Integer',
      ]);
      assert.deepEqual(await typed({ MaxItems: 1.5 }), [
        'SerializationException',
        'DECIMAL_VALUE can not be converted to an Integer',
      ]);
      assert.deepEqual(await typed({ Verbose: 'true' }), [
        'SerializationException',
        'STRING_VALUE can not be converted to a Boolean',
      ]);
      assert.deepEqual(await typed({ Mode: [] }), ['SerializationException', 'Start of list found where not expected']);
      assert.deepEqual(await typed({ Mode: {} }), [
        'SerializationException',
        'Start of structure or map found where not expected.',
      ]);
      assert.deepEqual(await typed({ Tags: 'a' }), ['SerializationException', 'Expected list or null']);
      assert.deepEqual(await typed({ Color: 'a' }), ['SerializationException', 'Expected null']);
      assert.deepEqual(await typed({ Passphrase: 'no base64!' }), [
        'SerializationException',
        'The value is not valid Base64',
      ]);
    });

    it('a long value without repeating all of it', async () => {
      const [, message] = await refusalTo({ ToyArn: 'x'.repeat(100_000) });
      assert.ok(message.length < 3000);
    });

    it('what is not JSON, not a structure, not UTF-8, or nested without end', async () => {
      const bodies = [
        '',
        ' ',
        'null',
        'true',
        '\ufeff',
        '\ufeff{}',
        '{',
        '{"MaxItems":01}',
        '{"MaxItems":+1}',
        '{"MaxItems":1,}',
        "{'MaxItems':1}",
        '{"MaxItems":NaN}',
        '{"MaxItems":1e999}',
        '{"MaxItems":-1e999}',
        '{"ToyArn":"\u0001"}',
        '{} {}',
        '[]',
        '"x"',
        '1',
        'nul',
        '{"a":1}}',
        '{"a":"\\ud800',
        `${'['.repeat(1_000_000)}`,
        `{"a":${'[{"b":'.repeat(40)}`,
      ];
      for (const body of bodies) assert.equal((await refusalTo(body))[0], 'SerializationException', body.slice(0, 20));
      const request = call('{}');
      const { body } = await toyFront().front.answer({ ...request, body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) });
      assert.match(String(body), /SerializationException/);
    });

    it('numbers without end, and zero below zero, by their limits', async () => {
      const typed = async (number: string) => refusalTo(`{"ToyArn":"${toyArn}","MaxItems":${number}}`);
      for (const [number, shown, demand] of [
        ['99999999999', '99999999999', 'less than or equal to 10'],
        ['1e21', '1e+21', 'less than or equal to 10'],
        [`1${'0'.repeat(400)}`.slice(0, 300), '1e+299', 'less than or equal to 10'],
        ['-0', '0', 'greater than or equal to 1'],
        ['-9223372036854775809', '-9223372036854776000', 'greater than or equal to 1'],
      ] as const) {
        assert.deepEqual(await typed(number), [
          'ValidationException',
          `1 validation error detected: Value '${shown}' at 'maxItems' failed to satisfy constraint: Member must have value ${demand}`,
        ]);
      }
    });

    it('text that no database can hold: half a surrogate pair, or NUL', async () => {
      for (const text of ['\\ud83d', '\\u0000']) {
        const [type, message] = await refusalTo(`{"ToyArn":"${toyArn}","Tags":[{"Key":"a","Value":"${text}"}]}`);
        assert.equal(type, 'ValidationException');
        assert.match(message, /at 'tags\.1\.member\.value' .* regular expression pattern/);
      }
    });

    it('null in a list of structures', async () => {
      assert.deepEqual(await refusalTo({ ToyArn: toyArn, Tags: [null] }), [
        'ValidationException',
        "1 validation error detected: Value null at 'tags.1.member' failed to satisfy constraint: Member must not be null",
      ]);
    });

    it('brackets in strings are no nesting', async () => {
      const { status } = await answerTo({ ToyArn: toyArn, Note: `\\"${'['.repeat(500)}\\` });
      assert.equal(status, 200);
    });

    it('an operation that is not there, refused, or asked for in another way', async () => {
      const { front, seen } = toyFront();
      const requests = [
        call({}, 'Toy.FlyToy'),
        call({}, 'Toy.PaintToy'),
        call({}, 'Toy.__proto__'),
        call({}, 'Toy.ExportToy', 'application/json'),
        { ...call({}), path: '/x' },
        { ...call({}), method: 'GET' },
      ];
      for (const request of requests) {
        const { status, body } = await front.answer(request);
        assert.deepEqual(
          [status, JSON.parse(String(body))],
          [400, { __type: 'UnknownOperationException', message: '' }],
        );
      }
      assert.deepEqual(new Set(seen.map(({ operation }) => operation)), new Set(['unknown']));
      assert.match(String(unclaimed(call({}, 'Other.Thing')).body), /UnknownOperationException/);
    });

    it('who may not, in AWS’s words, before anything is done', async () => {
      let done = 0;
      const front = toyFront(
        async () => (done += 1),
        () => aCaller({ role: 'read-only' }),
      ).front;
      const { document } = await answerTo({ ToyArn: toyArn }, front);
      assert.deepEqual(document, {
        __type: 'AccessDeniedException',
        message: `User: arn:aws:iam::111122223333:user/administrator is not authorized to perform: toy:ExportToy on resource: ${toyArn} because no identity-based policy allows the toy:ExportToy action`,
      });
      const foreign = await refusalTo({ ToyArn: toyArn.replace('111122223333', '444455556666') });
      assert.equal(foreign[0], 'AccessDeniedException');
      assert.match(foreign[1], /because no resource-based policy allows the toy:ExportToy action$/);
      assert.equal(done, 0);
    });

    it('a fault in the operation’s own words, or its front’s', async () => {
      const front = (fault: Fault) => toyFront(() => Promise.reject(fault)).front;
      const own = await answerTo({ ToyArn: toyArn }, front(new Fault('pending', 'later', { id: '7' })));
      assert.deepEqual(own.document, { __type: 'RequestInProgressException', message: 'Toy 7 is being made.' });
      const common = await answerTo({ ToyArn: toyArn }, front(new Fault('limit', 'too many')));
      assert.deepEqual(common.document, { __type: 'Toy-limit', message: 'too many' });
    });

    it('a bug with a fixed sentence; its cause is only in the log', async () => {
      const { front, seen, logged } = toyFront(() => Promise.reject(new TypeError('inner detail')));
      const { status, document } = await answerTo({ ToyArn: toyArn }, front);
      assert.equal(status, 500);
      assert.equal(Reflect.get(Object(document), '__type'), 'InternalFailure');
      assert.ok(!JSON.stringify(document).includes('inner detail'));
      assert.equal(seen[0]?.outcome, 'failed');
      assert.match(String(Reflect.get(Object(logged[0]), 'err')), /inner detail/);
    });
  });

  it('logs and counts each request with its id, and no body or secret', async () => {
    const { front, seen, logged } = toyFront();
    const { headers } = await front.answer(call({ ToyArn: toyArn, Passphrase: secret }));
    assert.equal(headers['x-amzn-requestid'], '6434f74f-2d13-4e6a-89eb-93ee313f1a43');
    assert.deepEqual(
      seen.map(({ front: name, operation, outcome }) => ({ front: name, operation, outcome })),
      [{ front: 'toy', operation: 'ExportToy', outcome: 'ok' }],
    );
    assert.equal(Reflect.get(Object(logged[0]), 'requestId'), headers['x-amzn-requestid']);
    assert.ok(!JSON.stringify(logged).includes(secret));
  });
});
