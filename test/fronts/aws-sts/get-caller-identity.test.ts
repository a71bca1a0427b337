import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import aws4 from 'aws4';
import { awsStsFront, signingName } from '../../../src/fronts/aws-sts/front.ts';
import { refused } from '../../../src/fronts/aws-sts/refused.ts';
import { awsQueryAuthenticator } from '../../../src/wire/aws-query/authenticate.ts';
import { beginning, type HouseKey, openHouse } from '../house.ts';

const house = await openHouse(({ accessKeys, clock, services, observe, log }) => [
  awsStsFront({ services, observe, log, authenticate: awsQueryAuthenticator({ accessKeys, clock }, signingName) }),
]);
// The SDK signs with the real clock.
house.clock.advance({ seconds: Math.floor((Date.now() - beginning) / 1000) });
after(() => house.close());

const client = ({ id: accessKeyId, secret: secretAccessKey }: HouseKey, region = 'us-east-1') =>
  new STSClient({ region, endpoint: house.url, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });

/** A form, signed by aws4. */
async function form(fields: Record<string, string>, secret: string = house.administrator.secret) {
  const body = new URLSearchParams(fields).toString();
  const signed = aws4.sign(
    {
      host: new URL(house.url).host,
      method: 'POST',
      path: '/',
      service: 'sts',
      region: 'us-east-1',
      body,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
        'X-Amz-Date': new Date(house.clock.now()).toISOString().replace(/[-:]|\.\d+/g, ''),
      },
    },
    { accessKeyId: house.administrator.id, secretAccessKey: secret },
  );
  const headers = Object.entries(signed.headers ?? {}).filter(([name]) => !/^(host|content-length)$/i.test(name));
  const sent = headers.map(([name, value]) => [name, String(value)] as const);
  const response = await fetch(house.url, { method: 'POST', headers: Object.fromEntries(sent), body });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('STS GetCallerIdentity', () => {
  describe('does', () => {
    it('tells the account and the user whose key signed, also to one that may only read', async () => {
      for (const [key, user] of [
        [house.administrator, 'administrator'],
        [house.reader, 'reader'],
        [house.stranger, 'administrator'],
      ] as const) {
        const found = await client(key).send(new GetCallerIdentityCommand());
        assert.equal(found.Account, key.account);
        assert.equal(found.Arn, `arn:aws:iam::${key.account}:user/${user}`);
        assert.match(found.UserId ?? '', /^AIDA[A-Z2-7]{17}$/);
      }
    });

    it('gives a user the same id every time, and every user another', async () => {
      const ids = [];
      for (const key of [house.administrator, house.administrator, house.reader, house.stranger]) {
        ids.push((await client(key).send(new GetCallerIdentityCommand())).UserId);
      }
      assert.equal(ids[0], ids[1]);
      assert.equal(new Set(ids).size, 3);
    });

    it('names the partition of the region', async () => {
      const found = await client(house.administrator, 'cn-north-1').send(new GetCallerIdentityCommand());
      assert.equal(found.Arn?.startsWith('arn:aws-cn:iam::'), true);
    });

    it('answers in the XML of the query protocol, with its request id in document and header', async () => {
      const { status, headers, text } = await form({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
      assert.equal(status, 200);
      assert.equal(headers.get('content-type'), 'text/xml');
      const { account } = house.administrator;
      assert.match(
        text,
        new RegExp(
          '^<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\\s*<GetCallerIdentityResult>\\s*' +
            `<Arn>arn:aws:iam::${account}:user/administrator</Arn>\\s*<UserId>AIDA\\w{17}</UserId>\\s*` +
            `<Account>${account}</Account>\\s*</GetCallerIdentityResult>\\s*<ResponseMetadata>\\s*` +
            `<RequestId>${headers.get('x-amzn-requestid')}</RequestId>`,
        ),
      );
    });
  });

  describe('refuses', () => {
    it('a wrong secret: SignatureDoesNotMatch, 403', async () => {
      const { status, text } = await form({ Action: 'GetCallerIdentity', Version: '2011-06-15' }, 'wrong');
      assert.equal(status, 403);
      assert.match(text, /<Code>SignatureDoesNotMatch<\/Code>/);
    });

    it('an unknown key: InvalidClientTokenId', async () => {
      await assert.rejects(
        client({ ...house.administrator, id: house.administrator.id.replace('AKIA', 'AKIB') as HouseKey['id'] }).send(
          new GetCallerIdentityCommand(),
        ),
        { name: 'InvalidClientTokenId' },
      );
    });

    it('the other operations of STS as one that is not there', async () => {
      for (const name of Object.keys(refused)) {
        const { status, text } = await form({ Action: name, Version: '2011-06-15' });
        assert.equal(status, 400);
        assert.match(text, new RegExp(`<Code>InvalidAction</Code>\\s*<Message>Could not find operation ${name} for `));
      }
      await assert.rejects(client(house.administrator).send(new GetSessionTokenCommand()), { name: 'InvalidAction' });
    });
  });
});
