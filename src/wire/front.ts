import type { WireReply, WireRequest } from './request.ts';

/** What the listener knows of a front. It asks each in order and decides once; the first that claims answers. */
export interface Front {
  readonly name: string;
  /** From the request line and the header fields alone; the body has not been read. */
  claims(request: Omit<WireRequest, 'body'>): boolean;
  /** Never rejects. */
  answer(request: WireRequest): WireReply | Promise<WireReply>;
  /** The vendor's words for a request whose body could not be read. */
  reject(request: Omit<WireRequest, 'body'>, problem: BodyProblem): WireReply;
}

/** `too-large`: over the listener's limit; `cut-off`: fewer bytes than announced, or none in time. */
export type BodyProblem = 'too-large' | 'cut-off';
