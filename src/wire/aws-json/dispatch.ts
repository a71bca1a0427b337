import type { RefusedOperations } from '../catalogue.ts';
import type { BodyProblem, Front } from '../front.ts';
import { parseJson } from '../json-body.ts';
import type { Log, Observe } from '../observation.ts';
import type { Operation } from '../operation.ts';
import { type Dialect, perform, refuse, type Stage } from '../perform.ts';
import { type FaultTable, Refusal } from '../refusal.ts';
import type { Admit } from '../request-rates.ts';
import type { WireRequest } from '../request.ts';
import type { Authenticator } from '../authenticator.ts';
import { unreadable } from './constraint-sentences.ts';
import { denied, errorReply, internalFailure, successReply } from './error-body.ts';

/** A service of AWS JSON 1.1: POST / with `X-Amz-Target: <targetPrefix>.<operation>`. */
export interface AwsJsonService<Services> {
  /** The front's name, for example `aws-pca`. */
  readonly name: string;
  /** `CertificateManager` or `ACMPrivateCA`. */
  readonly targetPrefix: string;
  readonly operations: readonly Operation<Services>[];
  readonly refused: RefusedOperations;
  readonly faults: FaultTable;
}

/** What the house gives to a front. */
export interface AwsJsonHouse<Services> {
  readonly services: Services;
  /** From `authenticator` of this dialect, bound to this service's signing name. */
  readonly authenticate: Authenticator;
  /** What another account shares; absent: nothing. The services' `findSharedAccess`. */
  readonly shared?: Stage<Services>['shared'];
  /** Limits how often an account may ask; absent: as often as it likes. */
  readonly admit?: Admit | undefined;
  readonly observe: Observe;
  readonly log: Log;
}

/** The front of one service. The service in the signature's scope is bound to it by its authenticator. */
export function awsJsonFront<Services>(service: AwsJsonService<Services>, house: AwsJsonHouse<Services>): Front {
  const { name, targetPrefix, refused, faults } = service;
  const operations = new Map(service.operations.map((operation) => [operation.name, operation]));
  const stage: Stage<Services> = { front: name, dialect: dialect(name, house), faults, ...house };
  const prefix = `${targetPrefix}.`;
  return {
    name,
    claims: ({ headers }) => headers.get('x-amz-target')?.startsWith(prefix) === true,
    answer: (request) => {
      const wanted = (request.headers.get('x-amz-target') ?? '').slice(prefix.length);
      const operation = operations.get(wanted);
      const answers = operation !== undefined && isCall(request);
      if (answers) return perform(stage, operation, request);
      return refuse(stage, 'unknown', notThere(refused, wanted), request);
    },
    reject: ({ requestId }, problem) => errorReply(bodyRefusals[problem], requestId),
  };
}

function dialect<Services>(front: string, { authenticate }: AwsJsonHouse<Services>): Dialect<Services> {
  return {
    authenticate: (request, operation) => authenticate(request, { front, operation }),
    raw: ({ body }) => structureOf(body),
    unreadable,
    denied,
    broken: internalFailure,
    success: (view, status, { requestId }) => successReply(view, status, requestId),
    error: (refusal, { requestId }) => errorReply(refusal, requestId),
  };
}

/** The content type need not be signed (AWS's PHP SDK leaves it out), so its value is checked here. */
function isCall({ method, path, headers }: WireRequest): boolean {
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  return method === 'POST' && path === '/' && type === 'application/x-amz-json-1.1';
}

function notThere(refused: RefusedOperations, wanted: string): Refusal {
  const known = Object.hasOwn(refused, wanted) ? refused[wanted] : undefined;
  if (known === undefined) return new Refusal('UnknownOperationException', '');
  return new Refusal(known.code, known.message, known.status === undefined ? {} : { status: known.status });
}

/** As at the service an empty body is no JSON: an operation without members is sent `{}`. */
function structureOf(body: Buffer): unknown {
  let value: unknown;
  try {
    value = parseJson(body);
  } catch {
    throw new Refusal('SerializationException', 'The request body is not valid JSON');
  }
  if (Array.isArray(value)) throw new Refusal('SerializationException', 'Start of list found where not expected');
  if (typeof value !== 'object' || value === null) {
    throw new Refusal('SerializationException', 'The request body is not a JSON object');
  }
  return value;
}

const bodyRefusals: Readonly<Record<BodyProblem, Refusal>> = {
  'too-large': new Refusal('RequestEntityTooLargeException', 'The request body is too large', { status: 413 }),
  'cut-off': new Refusal('SerializationException', 'The request body ended before its announced length'),
};
