import type { Caller } from '../../src/core/account.ts';
import { faultKinds } from '../../src/core/fault.ts';
import { accessKeyId, accountId } from '../../src/core/ids.ts';
import { awsJsonFront } from '../../src/wire/aws-json/dispatch.ts';
import {
  arn,
  blob,
  enumeration,
  epochSeconds,
  flag,
  integer,
  optional,
  shape,
  tagList,
  text,
  timestamp,
} from '../../src/wire/aws-json/shapes.ts';
import type { Authenticator } from '../../src/wire/authenticator.ts';
import type { Observation } from '../../src/wire/observation.ts';
import { operationsOf } from '../../src/wire/operation.ts';
import { type FaultTable, refusal } from '../../src/wire/refusal.ts';
import { anAccount, aRegion } from './a-key.ts';

/** What the toy's verb does with what it gets. */
export interface ToyServices {
  readonly keep: (input: unknown) => Promise<unknown>;
}

const operation = operationsOf<ToyServices>();

/** An operation with a member of every kind. */
export const exportToy = operation({
  name: 'ExportToy',
  input: shape({
    ToyArn: arn({
      min: 20,
      max: 60,
      pattern: 'arn:[\\w+=/,.@-]+:toy:[\\w+=/,.@-]*:[0-9]*:[\\w+=,.@-]+(/[\\w+=,.@-]+)*',
    }),
    Passphrase: optional(blob({ min: 4, max: 8, sensitive: true })),
    Tags: optional(tagList()),
    Mode: optional(enumeration(['FAST', 'SLOW'])),
    MaxItems: optional(integer({ min: 1, max: 10 })),
    Since: optional(timestamp()),
    Verbose: optional(flag()),
    Color: optional(shape({ Name: text({ sensitive: true, max: 3 }) })),
  }),
  action: ({ ToyArn }) => ({
    action: 'toy:ExportToy',
    access: 'write',
    resource: ToyArn.text,
    account: accountId(ToyArn.account),
  }),
  run: (input, { services }) => services.keep(input),
  view: (result, { Since }) => ({ Result: result, Since: Since === undefined ? undefined : epochSeconds(Since) }),
  faults: { pending: refusal('RequestInProgressException', ({ id }) => `Toy ${id} is being made.`) },
});

export const faults = Object.fromEntries(
  faultKinds.map((kind) => [kind, refusal(`Toy-${kind}`)]),
) as unknown as FaultTable; // every kind is there: the list of kinds made it

export function aCaller(change: Partial<Caller> = {}): Caller {
  return {
    account: anAccount.id,
    domain: anAccount.domain,
    userName: 'administrator',
    role: 'administrator',
    isOperator: false,
    accessKey: accessKeyId('AKIAIOSFODNN7EXAMPLE'),
    region: aRegion,
    front: 'toy',
    operation: 'ExportToy',
    requestId: 'r',
    ...change,
  };
}

/** The toy front, with all that it observed and logged. */
export function toyFront(
  keep: ToyServices['keep'] = async () => 'kept',
  authenticate: Authenticator = () => aCaller(),
) {
  const seen: Observation[] = [];
  const logged: unknown[] = [];
  const log = (fields: object, message: string): void => void logged.push({ ...fields, message });
  const front = awsJsonFront(
    {
      name: 'toy',
      targetPrefix: 'Toy',
      operations: [exportToy],
      refused: { PaintToy: { reason: 'no paint', code: 'UnknownOperationException', message: '' } },
      faults,
    },
    { services: { keep }, authenticate, observe: (one) => seen.push(one), log: { info: log, warn: log, error: log } },
  );
  return { front, seen, logged };
}
