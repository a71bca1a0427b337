import type { Caller, Permission } from '../core/account.ts';
import { type Denial, denialOf, isAllowed, isForeign } from '../core/authorization.ts';
import { Fault } from '../core/fault.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import type { Log, Observe } from './observation.ts';
import type { OpenOperation, Operation, ShownCredential } from './operation.ts';
import { type FaultTable, Refusal } from './refusal.ts';
import type { Admit } from './request-rates.ts';
import type { WireReply, WireRequest } from './request.ts';
import { Unreadable, type Violation } from './violation.ts';

/** How a dialect does each step of `perform`. Everything that it throws is a Refusal, or a bug. */
export interface Dialect<Services> {
  /** Who asks: the only maker of a Caller. */
  authenticate(request: WireRequest, operation: string): Caller | Promise<Caller>;
  /** For sign-in operations: the caller that a credential in the body proves. */
  signIn?(request: WireRequest, operation: string, shown: ShownCredential): Caller | Promise<Caller>;
  /** The input as a JSON value. */
  raw(request: WireRequest, operation: Operation<Services>): unknown;
  unreadable(violations: readonly Violation[]): Refusal;
  denied(caller: Caller, permission: Permission, denial: Denial): Refusal;
  /** A fixed sentence for what is our own mistake. */
  readonly broken: Refusal;
  success(view: unknown, status: number, request: WireRequest): WireReply;
  error(refusal: Refusal, request: WireRequest): WireReply;
}

/** What a front brings to `perform`. */
export interface Stage<Services> {
  /** The front's name, for example `aws-acm`. */
  readonly front: string;
  readonly dialect: Dialect<Services>;
  readonly services: Services;
  readonly faults: FaultTable;
  /**
   * Asks the policy of another account's resource. Throws Fault `forbidden`, the same for what is not there. A front
   * without it is denied whatever another account owns.
   */
  readonly shared?: (caller: Caller, permission: Permission) => Promise<SharedAccess>;
  /** Refuses who asks too often, once it is proven who that is: a stranger cannot use up an account's requests. */
  readonly admit?: Admit | undefined;
  readonly observe: Observe;
  readonly log: Log;
}

/**
 * One request through one operation, for every front: authenticate, read, authorize, run, view, log and count.
 * Never throws: whatever happens becomes an answer in the vendor's form. What is no Fault and no Refusal is a bug
 * and answers with a fixed sentence; its cause goes only to the log.
 */
export async function perform<Services>(
  stage: Stage<Services>,
  operation: Operation<Services>,
  request: WireRequest,
): Promise<WireReply> {
  const { dialect, services } = stage;
  const started = performance.now();
  let caller: Caller | undefined;
  let open: OpenOperation<Services> | undefined;
  let permission: Permission | undefined;
  try {
    if (!operation.isSignIn) caller = await dialect.authenticate(request, operation.name);
    if (stage.admit !== undefined && caller !== undefined) stage.admit(caller, operation.name);
    open = operation.open(dialect.raw(request, operation));
    caller ??= await signIn(dialect, request, operation.name, open);
    permission = open.permission(caller);
    const access = isForeign(caller, permission) ? await authorizeShared(stage, caller, permission) : undefined;
    if (access === undefined) authorize(dialect, caller, permission);
    const view = await open.run({ services, caller, access });
    const reply = dialect.success(view, operation.status, request);
    note(stage, { operation: operation.name, request, started, caller, status: reply.status });
    return reply;
  } catch (cause) {
    const refusal = denialIn(cause, dialect, caller, permission) ?? refusalOf(stage, open, cause);
    const reply = dialect.error(refusal, request);
    const bug = refusal === dialect.broken ? { cause } : {};
    note(stage, {
      operation: operation.name,
      request,
      started,
      status: reply.status,
      code: refusal.code,
      ...(caller === undefined ? {} : { caller }),
      ...bug,
    });
    return reply;
  } finally {
    if (open?.wipe() === true) request.body.fill(0);
  }
}

/** Answers a request that reached no operation, and counts it like any other. */
export function refuse<Services>(
  stage: Stage<Services>,
  operation: string,
  refusal: Refusal,
  request: WireRequest,
): WireReply {
  const reply = stage.dialect.error(refusal, request);
  note(stage, { operation, request, started: performance.now(), status: reply.status, code: refusal.code });
  return reply;
}

async function signIn<Services>(
  dialect: Dialect<Services>,
  request: WireRequest,
  operation: string,
  open: OpenOperation<Services>,
): Promise<Caller> {
  if (dialect.signIn === undefined || open.credential === undefined) throw new Error('this dialect has no sign-in');
  try {
    return await dialect.signIn(request, operation, open.credential);
  } finally {
    open.credential.secret.fill(0);
  }
}

function authorize<Services>(dialect: Dialect<Services>, caller: Caller, permission: Permission): void {
  if (!isAllowed(caller, permission)) throw dialect.denied(caller, permission, 'no-identity-policy');
}

/** Another account's resource: asked for only where the operation can be shared, and denied alike where nothing is. */
async function authorizeShared<Services>(
  { dialect, shared }: Stage<Services>,
  caller: Caller,
  permission: Permission,
): Promise<SharedAccess> {
  if (shared === undefined || permission.sharing === undefined) {
    throw dialect.denied(caller, permission, 'no-resource-policy');
  }
  return shared(caller, permission);
}

/** A denial that was found on the way, before or during the run, in the words of the dialect. */
function denialIn<Services>(
  cause: unknown,
  dialect: Dialect<Services>,
  caller: Caller | undefined,
  permission: Permission | undefined,
): Refusal | undefined {
  if (!(cause instanceof Fault) || caller === undefined || permission === undefined) return undefined;
  const denial = denialOf(cause);
  return denial === undefined ? undefined : dialect.denied(caller, permission, denial);
}

function refusalOf<Services>(
  { dialect, faults }: Stage<Services>,
  open: OpenOperation<Services> | undefined,
  cause: unknown,
): Refusal {
  if (cause instanceof Refusal) return cause;
  if (cause instanceof Unreadable) return dialect.unreadable(cause.violations);
  if (cause instanceof Fault) return open?.refusalFor(cause) ?? faults[cause.kind](cause, undefined);
  return dialect.broken;
}

interface Performed {
  readonly operation: string;
  readonly request: WireRequest;
  readonly started: number;
  readonly status: number;
  readonly caller?: Caller;
  readonly code?: string;
  /** Only of a bug. */
  readonly cause?: unknown;
}

function note<Services>({ front, observe, log }: Stage<Services>, performed: Performed): void {
  const { operation, request, started, status, caller, code, cause } = performed;
  const ms = Math.round((performance.now() - started) * 1000) / 1000;
  const outcome = cause !== undefined ? 'failed' : code !== undefined ? 'refused' : 'ok';
  observe({ front, operation, outcome, ms });
  const fields = {
    requestId: request.requestId,
    front,
    operation,
    outcome,
    status,
    code,
    ms,
    source: request.source,
    account: caller?.account,
    accessKey: caller?.accessKey,
  };
  if (cause !== undefined) log.error({ ...fields, err: cause }, 'an operation failed by a mistake of ours');
  else log.info(fields, 'performed');
}
