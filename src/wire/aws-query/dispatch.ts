import { isUtf8 } from 'node:buffer';
import { unreadable } from '../aws-json/constraint-sentences.ts';
import type { Authenticator } from '../authenticator.ts';
import type { RefusedOperations } from '../catalogue.ts';
import type { BodyProblem, Front } from '../front.ts';
import type { Log, Observe } from '../observation.ts';
import type { Operation } from '../operation.ts';
import { perform, refuse, type Stage } from '../perform.ts';
import { type FaultTable, Refusal } from '../refusal.ts';
import type { WireRequest } from '../request.ts';
import { denied, errorReply, internalFailure, type QueryVersion, successReply } from './error-body.ts';

/** A service of the AWS query protocol: POST / with a form that names Action and Version; XML comes back. */
export interface AwsQueryService<Services> extends QueryVersion {
  /** The front's name, for example `aws-sts`. */
  readonly name: string;
  /** The service in the scope of its signatures: how its requests are told from those of other fronts. */
  readonly signingService: string;
  readonly operations: readonly Operation<Services>[];
  readonly refused: RefusedOperations;
  readonly faults: FaultTable;
}

export interface AwsQueryHouse<Services> {
  readonly services: Services;
  /** From this dialect's authenticator, bound to the same `signingService`. */
  readonly authenticate: Authenticator;
  readonly observe: Observe;
  readonly log: Log;
}

export function awsQueryFront<Services>(service: AwsQueryService<Services>, house: AwsQueryHouse<Services>): Front {
  const { name, signingService, refused } = service;
  const operations = new Map(service.operations.map((operation) => [operation.name, operation]));
  return {
    name,
    claims: ({ method, path, headers }) =>
      method === 'POST' &&
      path === '/' &&
      headers.get('x-amz-target') === undefined &&
      isForm(headers.get('content-type')) &&
      (scopedService(headers.get('authorization')) ?? signingService) === signingService,
    answer: (request) => {
      const form = formOf(request);
      const action = form?.get('Action') ?? '';
      const operation = operations.get(action);
      const stage = stageOf(service, house, action, form);
      const isRightVersion = form?.get('Version') === service.version;
      if (operation !== undefined && isRightVersion) return perform(stage, operation, request);
      return refuse(stage, 'unknown', notThere(refused, form, service.version), request);
    },
    reject: ({ requestId }, problem) => errorReply(bodyRefusals[problem], requestId, service),
  };
}

function stageOf<Services>(
  service: AwsQueryService<Services>,
  house: AwsQueryHouse<Services>,
  action: string,
  form: URLSearchParams | undefined,
): Stage<Services> {
  const { name: front, faults } = service;
  return {
    front,
    faults,
    ...house,
    dialect: {
      authenticate: (request, operation) => house.authenticate(request, { front, operation }),
      raw: () => Object.fromEntries(form ?? []),
      unreadable: (violations) => new Refusal('ValidationError', unreadable(violations).message),
      denied,
      broken: internalFailure,
      success: (view, status, { requestId }) => successReply(action, view, status, requestId, service),
      error: (refusal, { requestId }) => errorReply(refusal, requestId, service),
    },
  };
}

/** The service that an Authorization field claims to be signed for; read only to find the front. */
export function scopedService(authorization: string | undefined): string | undefined {
  return /\bCredential=[^/,\s]+\/[^/,\s]*\/[^/,\s]*\/([^/,\s]+)\//.exec(authorization ?? '')?.[1];
}

function isForm(type: string | undefined): boolean {
  return type?.split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}

/**
 * Undefined when it is no form, longer than any of these operations needs (it is read before anybody is known), or a
 * field comes twice: no field may.
 */
function formOf({ body }: WireRequest): URLSearchParams | undefined {
  if (body.length > longestForm || !isUtf8(body)) return undefined;
  const form = new URLSearchParams(body.toString());
  const names = [...form.keys()];
  return new Set(names).size === names.length ? form : undefined;
}

const longestForm = 64 * 1024;

function notThere(refused: RefusedOperations, form: URLSearchParams | undefined, version: string): Refusal {
  if (form === undefined) return new Refusal('MalformedQueryString', 'The form could not be read.');
  const action = form.get('Action');
  if (action === null) return new Refusal('MissingAction', 'The request must contain the parameter Action.');
  const known = Object.hasOwn(refused, action) ? refused[action] : undefined;
  const options = known?.status === undefined ? {} : { status: known.status };
  if (known !== undefined) return new Refusal(known.code, known.message, options);
  const asked = form.get('Version') ?? version;
  return new Refusal(
    'InvalidAction',
    `Could not find operation ${action.slice(0, 128)} for version ${asked.slice(0, 32)}`,
  );
}

const bodyRefusals: Readonly<Record<BodyProblem, Refusal>> = {
  'too-large': new Refusal('RequestEntityTooLarge', 'The request body is too large.', { status: 413 }),
  'cut-off': new Refusal('MalformedInput', 'The request body ended before its announced length.'),
};
