import type { Caller, Permission } from '../core/account.ts';
import type { Fault, FaultKind } from '../core/fault.ts';
import type { SharedAccess } from '../core/shared-access.ts';
import { reader } from './reader.ts';
import type { FaultView, Refusal } from './refusal.ts';
import type { Schema, ValueOf } from './schema.ts';

/** What `run` works with besides its input. */
export interface Scene<Services> {
  readonly services: Services;
  readonly caller: Caller;
  /** The right to what another account shares; absent in the caller's own account. */
  readonly access?: SharedAccess;
}

/** A credential shown in the body of a sign-in request. The secret is wiped by `perform`. */
export interface ShownCredential {
  readonly accessKey: string;
  readonly secret: Uint8Array;
}

/** What an operation's file says. Keep the order: `view` takes its type from `run`. */
export interface OperationWords<Services, Of extends Schema, Result> {
  /** The vendor's name for it. */
  readonly name: string;
  /** For dialects that find an operation by method and path; `{name}` in the path is a parameter. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD';
  readonly path?: string;
  /** The status of success; 200 unless said. */
  readonly status?: number;
  readonly input: Of;
  /** Only for sign-in: the request is not signed, the caller is whoever the body's credential proves. */
  readonly signIn?: (input: ValueOf<Of>) => ShownCredential;
  readonly action: (input: ValueOf<Of>, caller: Caller) => Permission;
  readonly run: (input: ValueOf<Of>, scene: Scene<Services>) => Result | Promise<Result>;
  /** A JSON value in the vendor's words, a Reply, or undefined for no content. */
  readonly view: (result: Result, input: ValueOf<Of>, scene: Scene<Services>) => unknown;
  /** Kinds that this operation words differently from its front's table. */
  readonly faults?: Partial<Readonly<Record<FaultKind, FaultView<ValueOf<Of>>>>>;
}

/** An operation as the dispatcher sees it: its types are closed inside. */
export interface Operation<Services> {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly status: number;
  readonly input: Schema;
  readonly isSignIn: boolean;
  /** Reads the raw input. Throws Unreadable, or a Refusal or Fault of a member's own. */
  open(raw: unknown): OpenOperation<Services>;
}

/** An operation with its input read. */
export interface OpenOperation<Services> {
  readonly credential?: ShownCredential;
  permission(caller: Caller): Permission;
  /** Runs and views. */
  run(scene: Scene<Services>): Promise<unknown>;
  /** The operation's own wording of a fault, if it has one. */
  refusalFor(fault: Fault): Refusal | undefined;
  /** Overwrites the bytes of sensitive members; whether there were any. */
  wipe(): boolean;
}

/**
 * Makes a front's `operation` function, so that its files need not name the type of its services:
 * `export const operation = operationsOf<AcmServices>();`
 */
export function operationsOf<Services>() {
  return function operation<Of extends Schema, Result>(
    words: OperationWords<Services, Of, Result>,
  ): Operation<Services> {
    const { name, method, path, status = 200, input: schema, signIn, action, run, view, faults } = words;
    const read = reader(schema);
    return {
      name,
      ...(method === undefined ? {} : { method }),
      ...(path === undefined ? {} : { path }),
      status,
      input: schema,
      isSignIn: signIn !== undefined,
      open: (raw) => {
        const { input, secrets } = read.read(raw);
        return {
          ...(signIn === undefined ? {} : { credential: signIn(input) }),
          permission: (caller) => action(input, caller),
          run: async (scene) => view(await run(input, scene), input, scene),
          refusalFor: (fault) => faults?.[fault.kind]?.(fault, input),
          wipe: () => {
            for (const secret of secrets) secret.fill(0);
            return secrets.length > 0;
          },
        };
      },
    };
  };
}
