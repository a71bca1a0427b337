import { type ClientRequest, type IncomingMessage, request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { Fault } from '../../core/fault.ts';
import type { StopSignal } from '../../core/ports.ts';

export interface S3Limits {
  /** Without any octet in either direction. */
  readonly silenceMs: number;
  /** Before the second attempt; twice that before the third. */
  readonly pauseMs: number;
}

export const usualLimits: S3Limits = { silenceMs: 15_000, pauseMs: 1_000 };

export interface S3Answer {
  readonly status: number;
  /** S3's word for what is wrong, for example `NoSuchBucket`; empty without a body. */
  readonly code: string;
}

export interface Sendable {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readable | undefined;
  readonly signal?: StopSignal | undefined;
}

/**
 * One request to the endpoint, on a connection of its own; a redirect is an answer like any other. TLS is verified.
 * Fault `unavailable` when no answer comes.
 */
export function send(
  endpoint: URL,
  { method, path, headers, body, signal }: Sendable,
  { silenceMs }: S3Limits,
): Promise<S3Answer> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const fail = (reason: string) => {
      if (answered) return; // an answer that came before the body was sent counts
      reject(new Fault('unavailable', `the object store ${endpoint.origin} ${reason}`, { what: 'bucket' }));
    };
    if (signal?.aborted === true) return fail(`is not asked: ${stopping}`);
    const start = endpoint.protocol === 'https:' ? secure : plain;
    const { hostname, port } = endpoint;
    const options = { method, hostname: hostname.replace(/^\[|\]$/g, ''), path, headers, agent: false };
    const request: ClientRequest = start({ ...options, ...(port && { port }), timeout: silenceMs });
    const stop = () => request.destroy(new Error(stopping));
    signal?.addEventListener('abort', stop);
    request.on('close', () => signal?.removeEventListener('abort', stop));
    request.on('timeout', () => request.destroy(new Error(`is silent for ${silenceMs} ms`)));
    request.on('error', (cause) => fail(`cannot be reached: ${cause.message}`));
    request.on('response', (response) => {
      answered = true;
      readStart(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, code: /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? '' }),
        () => resolve({ status: response.statusCode ?? 0, code: '' }),
      );
    });
    if (body === undefined) request.end();
    else pipeline(body, request, (cause) => cause && fail(`broke off: ${cause.message}`));
  });
}

const stopping = 'the server stops';

/** As much of a document as an error needs. */
async function readStart(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    text += String(part);
    if (text.length > 16_384) break;
  }
  return text;
}
