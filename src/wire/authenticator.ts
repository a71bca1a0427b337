import type { Caller } from '../core/account.ts';
import type { WireRequest } from './request.ts';

/** Where a request is bound for, once its front and operation are known. */
export interface Destination {
  readonly front: string;
  readonly operation: string;
}

/**
 * Proves who sent a request. Throws the dialect's Refusal when it cannot. Answers without a promise when all that
 * it needs is at hand.
 */
export type Authenticator = (request: WireRequest, to: Destination) => Caller | Promise<Caller>;
