import type { Server as HttpServer } from 'node:http';
import { Server as TlsServer } from 'node:tls';
import { randomUUID } from 'node:crypto';
import { fastify, type FastifyReply, type FastifyRequest } from 'fastify';
import type { BodyProblem, Front } from '../front.ts';
import type { Log } from '../observation.ts';
import { headerFields, type WireReply, type WireRequest } from '../request.ts';
import { LargeBodies, mostConnections } from './large-bodies.ts';
import { plain } from './pages.ts';
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
 * One HTTP/1.1 listener for all fronts. Bodies of every content type arrive as their octets; a body over the limit is
 * refused before it is hashed or parsed. The front is decided once, from request line and header fields. Nothing
 * that a client sends makes this throw.
 */
export function listener({ fronts, log, tls, limits = headerLimits }: ListenerOptions): Listener {
  const http = {
    maxHeaderSize: limits.maxHeaderSize,
    headersTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    noDelay: true,
  };
  const app = fastify({
    ...(tls === undefined ? {} : { https: { ...tls, minVersion: 'TLSv1.2' as const, ...http } }),
    ...(tls === undefined ? { http } : {}),
    bodyLimit,
    logger: false,
    keepAliveTimeout: 75_000,
    requestTimeout: 60_000,
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
    void send(reply.header('connection', 'close').header('retry-after', '1'), busy);
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
    reply.header('connection', 'close');
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
    if (isClosing) reply.header('connection', 'close');
    return send(reply, answer);
  });
  return {
    listen: (host, port) => app.listen({ host, port }),
    reloadTls: (renewed) => {
      if (app.server instanceof TlsServer) app.server.setSecureContext({ ...renewed, minVersion: 'TLSv1.2' });
    },
    close: async (withinMs = 10_000) => {
      isClosing = true;
      const server: HttpServer = app.server;
      const cutOff = setTimeout(() => server.closeAllConnections(), withinMs);
      await app.close().finally(() => clearTimeout(cutOff));
    },
  };
}

function receive(request: FastifyRequest): WireRequest {
  const { raw, id, body } = request;
  const target = raw.url ?? '/';
  const question = target.indexOf('?');
  return {
    method: raw.method ?? 'GET',
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers: headerFields(raw.rawHeaders),
    body: body instanceof Buffer ? body : noBody,
    requestId: id,
    source: raw.socket.remoteAddress ?? '',
  };
}

/** As octets even when it is text: to text Fastify adds a charset, which the vendors' types do not have. */
function send(reply: FastifyReply, { status, headers, body }: WireReply): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(body instanceof Buffer ? body : Buffer.from(body));
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

const noBody = Buffer.alloc(0);

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
