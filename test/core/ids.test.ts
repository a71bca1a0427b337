import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  accessKeyId,
  accountId,
  authorityId,
  certificateId,
  domainId,
  keyId,
  projectId,
  region,
  scmId,
  serialAsUuid,
  serialNumber,
  uuidAsSerial,
} from '../../src/core/ids.ts';
import { isFault } from '../contracts/store-under-test.ts';

const uuid = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const hex = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const uuids = { accepts: [uuid], refuses: [uuid.toUpperCase(), hex, `{${uuid}}`, `${uuid}0`, uuid.slice(1)] };
const hexes = { accepts: [hex, '0'.repeat(32)], refuses: [hex.toUpperCase(), hex.slice(1), `${hex}0`, `0x${hex}`] };

type Forms = {
  readonly make: (text: string) => string;
  readonly accepts: readonly string[];
  readonly refuses: readonly string[];
};
const makers: Readonly<Record<string, Forms>> = {
  'account id': {
    make: accountId,
    accepts: ['123456789012', '000000000000'],
    refuses: ['12345678901', '1234567890123', '12345678901a', '１２３４５６７８９０１２'],
  },
  'domain id': { make: domainId, ...hexes },
  'project id': { make: projectId, ...hexes },
  'authority id': { make: authorityId, ...uuids },
  'certificate id': { make: certificateId, ...uuids },
  'key id': { make: keyId, ...uuids },
  'serial number': { make: serialNumber, ...hexes },
  'SCM certificate id': {
    make: scmId,
    accepts: ['scs1700000000000'],
    refuses: ['scs170000000000', 'scs17000000000000', 'SCS1700000000000', '1700000000000', 'scs170000000000a'],
  },
  'access key id': {
    make: accessKeyId,
    accepts: ['AKIA234567ABCDEF', 'a_b1'.repeat(4), 'k'.repeat(128)],
    refuses: ['k'.repeat(15), 'k'.repeat(129), 'AKIA234567ABCDE-', 'AKIA/234567ABCDEF', 'é'.repeat(16)],
  },
  region: {
    make: region,
    accepts: ['us-east-1', 'us-gov-west-1', 'cn-north-4', 'ap-southeast-3', 'eu-isoe-west-1'],
    refuses: ['us', 'US-EAST-1', 'us-', '-east-1', 'us_east_1', 'usa-east-1', 'us-a-b-c-d-e', 'us-east-1/x', 'us--1'],
  },
};

describe('an identifier', () => {
  for (const [what, { make, accepts, refuses }] of Object.entries(makers)) {
    it(`${what} is what it was made of`, () => {
      for (const text of accepts) assert.equal(make(text), text);
    });
    it(`${what} of another shape is invalid`, () => {
      for (const text of ['', ...refuses, `${accepts[0]}\n`, ` ${accepts[0]}`, `${accepts[0]} `]) {
        assert.throws(() => make(text), isFault('invalid', what), JSON.stringify(text));
      }
    });
  }
});

describe('a serial number and a UUID', () => {
  const hexOf = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((octets) => Buffer.from(octets).toString('hex'));
  it('spell each other, both ways', () => {
    fc.assert(
      fc.property(hexOf, (text) => {
        const serial = serialNumber(text);
        assert.equal(uuidAsSerial(serialAsUuid(serial)), serial);
        assert.equal(serialAsUuid(serial).replaceAll('-', ''), text);
      }),
    );
    fc.assert(fc.property(fc.uuid(), (text) => assert.equal(serialAsUuid(uuidAsSerial(certificateId(text))), text)));
  });
});
