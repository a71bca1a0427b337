import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { fastify } from 'fastify';
import type { BodyProblem, Front } from '../front.ts';
import type { Log } from '../observation.ts';
import { closing, receive, send } from './exchange.ts';
import { LargeBodies, mostConnections } from './large-bodies.ts';
import { plain } from './pages.ts';
import { http2Limits, type Http2Limits, tlsServer, type TlsServer } from './tls-server.ts';
import { unclaimed } from './unclaimed.ts';

/**
 * The largest body. The largest valid request is an import with a certificate of 32 KiB and a chain of 2 MiB
 * (both services' models), 2.8 MB as Base64; half as much again leaves room for JSON and for ignored members.
 */
export const bodyLimit = 4 * 1024 * 1024;

export interface ListenerOptions {
  /** Asked in this order; the first that claims a request answers it. */
  readonly fronts: readonly Front[];
  readonly log: Log;
  /** PEM; absent means plain HTTP. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** What a header may cost; `headerLimits` unless a test cannot wait that long. */
  readonly limits?: HeaderLimits;
  /** The same for HTTP/2, which there is only with TLS. */
  readonly http2?: Http2Limits;
}

export interface HeaderLimits {
  /** Octets. */
  readonly maxHeaderSize: number;
  /** From the first octet of a request to the end of its header. */
  readonly headersTimeoutMs: number;
  /** How often that is looked at. */
  readonly checkEveryMs: number;
}

/** A slow or endless header costs a connection at most 15 s (and up to 5 more until it is noticed) and 16 KiB. */
export const headerLimits: HeaderLimits = { maxHeaderSize: 16 * 1024, headersTimeoutMs: 15_000, checkEveryMs: 5_000 };

export interface Listener {
  /** Starts listening; port 0 picks a free one. Returns where, for example `http://127.0.0.1:8600`. */
  listen(host: string, port: number): Promise<string>;
  /** New connections get this certificate; those that are open keep theirs. Throws what OpenSSL says of bad files. */
  reloadTls(tls: { readonly cert: string | Buffer; readonly key: string | Buffer }): void;
  /** Takes no new requests and resolves when those under way are answered, or cut off after `withinMs`. */
  close(withinMs?: number): Promise<void>;
}

/**
 * One listener for all fronts: HTTP/1.1, and with TLS HTTP/2 for clients that ask for it. Bodies of every content type
 * arrive as their octets; a body over the limit is refused before it is hashed or parsed. The front is decided once,
 * from request line and header fields. Nothing that a client sends makes this throw.
 */
export function listener({ fronts, log, tls, limits = headerLimits, http2 = http2Limits }: ListenerOptions): Listener {
  const http = {
    maxHeaderSize: limits.maxHeaderSize,
    headersTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    noDelay: true,
  };
  const timeouts = { keepAliveTimeout: 75_000, requestTimeout: 60_000 };
  let secure: TlsServer | undefined;
  const overTls = (handler: (request: IncomingMessage, response: ServerResponse) => void): HttpServer => {
    const options = { ...tls, minVersion: 'TLSv1.2' as const, ...http, ...timeouts };
    secure = tlsServer(options, handler, http2);
    return secure.server;
  };
  const app = fastify({
    ...(tls === undefined ? { http } : { serverFactory: overTls }),
    bodyLimit,
    logger: false,
    ...timeouts,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
    frameworkErrors: (_error, request, reply) => void send(reply, unclaimed(receive(request))),
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
      socket.end(`HTTP/1.1 ${statusLines[error.code ?? ''] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`);
    },
  });
  let isClosing = false;
  app.server.maxConnections = mostConnections;
  const largeBodies = new LargeBodies();
  app.addHook('onRequest', (request, reply, done) => {
    if (largeBodies.admit(request.raw, (release) => reply.raw.once('close', release))) return done();
    // The body is not read, so the connection cannot serve another request.
    void send(closing(reply).header('retry-after', '1'), busy);
  });
  // Huawei's SDK for Node sends `{}` with GET where it looks up domain and project, and signs it.
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => {
    const received = receive(request);
    const problem = bodyProblems[codeOf(error)];
    // What else the framework finds wrong with a request (QUERY without a media type) is the sender's mistake too.
    const isOurs = problem === undefined && !isOfSender(error);
    if (isOurs) log.error({ requestId: received.requestId, err: error }, 'the listener failed');
    // What is left of the body stays unread, so the connection cannot serve another request.
    closing(reply);
    if (isOurs) return send(reply, plain(500, `internal error, request ${received.requestId}\n`));
    if (problem === undefined) return send(reply, unclaimed(received));
    const front = fronts.find((candidate) => candidate.claims(received));
    return send(reply, front?.reject(received, problem) ?? unclaimed(received));
  });
  app.setNotFoundHandler((request, reply) => send(reply, unclaimed(receive(request))));
  app.all('/*', async (request, reply) => {
    const received = receive(request);
    const front = fronts.find((candidate) => candidate.claims(received));
    const answer = front === undefined ? unclaimed(received) : await front.answer(received);
    // A connection kept alive would hold up the close until its client let go.
    if (isClosing) closing(reply);
    return send(reply, answer);
  });
  return {
    listen: async (host, port) => {
      const address = await app.listen({ host, port });
      return secure === undefined ? address : address.replace(/^http:/, 'https:');
    },
    reloadTls: (renewed) => secure?.server.setSecureContext({ ...renewed, minVersion: 'TLSv1.2' }),
    close: async (withinMs = 10_000) => {
      isClosing = true;
      const server: HttpServer = app.server;
      secure?.closeSessions();
      const cutOff = setTimeout(() => {
        server.closeAllConnections();
        secure?.destroySessions();
      }, withinMs);
      await app.close().finally(() => clearTimeout(cutOff));
    },
  };
}

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

/** The framework's own judgement: a status below 500. */
function isOfSender(error: unknown): boolean {
  const status: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'statusCode') : undefined;
  return codeOf(error).startsWith('FST_') && typeof status === 'number' && status < 500;
}

const busy = plain(503, 'too many large requests at once, try again\n');

const statusLines: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

const bodyProblems: Readonly<Record<string, BodyProblem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'cut-off',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'cut-off',
  ECONNRESET: 'cut-off',
};
