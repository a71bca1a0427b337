import type { Caller, Permission } from '../../core/account.ts';
import type { Authenticator } from '../authenticator.ts';
import type { RefusedOperations } from '../catalogue.ts';
import type { BodyProblem, Front } from '../front.ts';
import type { Log, Observe } from '../observation.ts';
import type { Operation, ShownCredential } from '../operation.ts';
import { type Dialect, perform, refuse, type Stage } from '../perform.ts';
import { type FaultTable, Refusal } from '../refusal.ts';
import type { WireRequest } from '../request.ts';
import type { Violation } from '../violation.ts';
import { errorReply, gatewayRefusal, internalFailure, successReply } from './error-body.ts';
import { pathTable } from './path-table.ts';
import { type RawInput, rawInput } from './raw-input.ts';

/** A service of Huawei's REST APIs, found by method and path. */
export interface HuaweiService<Services> {
  /** The front's name, for example `huawei-pca`. */
  readonly name: string;
  /** Where its paths begin, for example `/v1/private-`: all below belongs to this front, present or not. */
  readonly prefixes: readonly string[];
  readonly operations: readonly Operation<Services>[];
  /** With method and path. */
  readonly refused: RefusedOperations;
  readonly faults: FaultTable;
  /** The service's words for a body that is no JSON object; `what` is a sentence without a subject's value. */
  readonly malformed: (what: string) => Refusal;
  /** The service's words for members that break their shape: at least one, in the order of the schema. */
  readonly unreadable: (violations: readonly Violation[]) => Refusal;
  readonly denied: (caller: Caller, permission: Permission) => Refusal;
}

/** What the house gives to a front. */
export interface HuaweiHouse<Services> {
  readonly services: Services;
  readonly authenticate: Authenticator;
  /** For a front with sign-in operations. */
  readonly signIn?: (
    request: WireRequest,
    to: { front: string; operation: string },
    shown: ShownCredential,
  ) => Caller | Promise<Caller>;
  readonly observe: Observe;
  readonly log: Log;
}

type Entry<Services> =
  | {
      readonly method?: string;
      readonly path?: string;
      readonly operation: Operation<Services>;
      readonly raw: RawInput;
    }
  | { readonly method?: string; readonly path?: string; readonly refusal: Refusal };

export function huaweiFront<Services>(service: HuaweiService<Services>, house: HuaweiHouse<Services>): Front {
  const { name, prefixes, faults } = service;
  const find = pathTable(entriesOf(service));
  return {
    name,
    claims: ({ path }) => prefixes.some((prefix) => path.startsWith(prefix)),
    answer: (request) => {
      const found = find(request.method, request.path);
      const stage = (raw: () => unknown): Stage<Services> => ({
        front: name,
        dialect: dialect(service, house, raw),
        faults,
        ...house,
      });
      if (found.kind === 'found' && 'operation' in found.entry) {
        const { operation, raw } = found.entry;
        return perform(
          stage(() => raw(request, found.parameters)),
          operation,
          request,
        );
      }
      const refusal = found.kind === 'found' && 'refusal' in found.entry ? found.entry.refusal : notThere[found.kind];
      return refuse(
        stage(() => undefined),
        'unknown',
        refusal,
        request,
      );
    },
    reject: ({ requestId }, problem) => errorReply(bodyRefusals[problem], requestId),
  };
}

function entriesOf<Services>({ operations, refused, malformed }: HuaweiService<Services>): readonly Entry<Services>[] {
  const present = operations.map((operation) => ({
    ...(operation.method === undefined ? {} : { method: operation.method }),
    ...(operation.path === undefined ? {} : { path: operation.path }),
    operation,
    raw: rawInput(operation.input, malformed),
  }));
  const absent = Object.values(refused).map(({ method, path, code, message, status = 404 }) => ({
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    refusal: code.startsWith('APIG') ? gatewayRefusal(status, code, message) : new Refusal(code, message, { status }),
  }));
  return [...present, ...absent];
}

function dialect<Services>(
  { name: front, unreadable, denied }: HuaweiService<Services>,
  { authenticate, signIn }: HuaweiHouse<Services>,
  raw: () => unknown,
): Dialect<Services> {
  return {
    authenticate: (request, operation) => authenticate(request, { front, operation }),
    ...(signIn === undefined
      ? {}
      : {
          signIn: (request: WireRequest, operation: string, shown: ShownCredential) =>
            signIn(request, { front, operation }, shown),
        }),
    raw,
    unreadable,
    denied,
    broken: internalFailure,
    success: (view, status, { requestId }) => successReply(view, status, requestId),
    error: (refusal, { requestId }) => errorReply(refusal, requestId),
  };
}

const notThere = {
  found: gatewayRefusal(404, 'APIGW.0101', 'The API does not exist or has not been published in the environment.'),
  none: gatewayRefusal(404, 'APIGW.0101', 'The API does not exist or has not been published in the environment.'),
  method: gatewayRefusal(405, 'APIGW.0102', 'The method of the request is not supported by the API.'),
} as const;

const bodyRefusals: Readonly<Record<BodyProblem, Refusal>> = {
  'too-large': gatewayRefusal(413, 'APIGW.0201', 'Request entity too large.'),
  'cut-off': gatewayRefusal(400, 'APIGW.0201', 'Bad request: the body ended before its announced length.'),
};
