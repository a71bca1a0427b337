/** A TLS server that speaks HTTP/1.1 and HTTP/2, as each client's ALPN (RFC 7301) decides, to one handler. */
import type { RequestListener } from 'node:http';
import {
  constants,
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';

/** What an HTTP/2 client may cost. */
export interface Http2Limits {
  /** Requests under way of one connection. */
  readonly streamsOfSession: number;
  /** Requests under way of all connections; with ordinary bodies (64 KiB) as much memory as HTTP/1.1 may hold. */
  readonly streams: number;
  /** Cancelled requests in a row of one connection, and how many are forgiven a second, before it is closed. */
  readonly resetBurst: number;
  readonly resetsPerSecond: number;
  /** From the beginning of a request to the end of its body; an answer that is all there is taken within twice that. */
  readonly requestTimeoutMs: number;
  /**
   * A connection without traffic is closed after this time, and so is a stream: an answer that its client does not take
   * (a flow-control window of nothing) would hold its place for ever, and a few connections all the places.
   */
  readonly idleMs: number;
}

/**
 * CVE-2023-44487 (rapid reset): a stream that is reset at once frees its place among those of the session, so places
 * alone bound nothing. CVE-2024-27983 and its kin (endless CONTINUATION): Node and nghttp2 end a header after eight
 * frames, and a header list after `maxHeaderSize`.
 */
export const http2Limits: Http2Limits = {
  streamsOfSession: 100,
  streams: 4096,
  resetBurst: 200,
  resetsPerSecond: 33,
  requestTimeoutMs: 60_000,
  idleMs: 75_000,
};

export interface TlsServer {
  /** Listens, reloads its certificate and closes like any `node:https` server. */
  readonly server: Server;
  /** Lets HTTP/2 clients finish what is under way and take nothing new. */
  closeSessions(): void;
  /** Cuts off what is still under way over HTTP/2. */
  destroySessions(): void;
}

/** `handler` gets HTTP/2 requests in the form of Node's compatibility API. */
export function tlsServer(
  options: ServerOptions & { readonly maxHeaderSize: number },
  handler: RequestListener,
  limits: Http2Limits = http2Limits,
): TlsServer {
  const server = createServer({ ...options, ALPNProtocols: ['h2', 'http/1.1'] }, handler);
  const sessions = new Set<ServerHttp2Session>();
  const http2 = createHttp2Server(
    {
      settings: { maxConcurrentStreams: limits.streamsOfSession, maxHeaderListSize: options.maxHeaderSize },
      streamResetBurst: limits.resetBurst,
      streamResetRate: limits.resetsPerSecond,
      maxSessionInvalidFrames: 100,
    },
    limited(handler, limits),
  );
  http2.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.setTimeout(limits.idleMs, () => session.close());
  });
  const [http1] = server.listeners('secureConnection');
  if (http1 === undefined) throw new Error('an https server has no listener of its own');
  server.removeAllListeners('secureConnection');
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.alpnProtocol === 'h2') http2.emit('connection', socket);
    else Reflect.apply(http1, server, [socket]);
  });
  return {
    server,
    closeSessions: () => {
      for (const session of sessions) session.close();
    },
    destroySessions: () => {
      for (const session of sessions) session.destroy();
    },
  };
}

type Http2Handler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

function limited(handler: RequestListener, { streams, requestTimeoutMs, idleMs }: Http2Limits): Http2Handler {
  // Node's compatibility API: what both versions have in common is all that the listener uses.
  const serve = handler as unknown as Http2Handler;
  let open = 0;
  return (request, response) => {
    const { stream } = request;
    // What befalls a stream is its sender's matter; unheard, it would end the process.
    request.on('error', () => {});
    response.on('error', () => {});
    // CONNECT has no path, and asks for what is not here.
    if (request.method === 'CONNECT') return void response.writeHead(405).end();
    if (open >= streams) return stream.close(constants.NGHTTP2_REFUSED_STREAM);
    open += 1;
    const tooLate = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), requestTimeoutMs).unref();
    request.once('end', () => clearTimeout(tooLate));
    stream.setTimeout(idleMs, () => stream.close(constants.NGHTTP2_CANCEL));
    let wasAnswered = false; // when last looked at: an octet now and then must not keep the place either
    const looking = setInterval(() => {
      if (wasAnswered) stream.close(constants.NGHTTP2_CANCEL);
      wasAnswered = stream.writableEnded;
    }, requestTimeoutMs).unref();
    stream.once('close', () => {
      clearTimeout(tooLate);
      clearInterval(looking);
      open -= 1;
    });
    // Of a body without a length HTTP/1.1 says so; HTTP/2 has no field for it, and the framework would not read one.
    const { headers } = request;
    if (headers['content-length'] === undefined && !stream.endAfterHeaders) headers['transfer-encoding'] = 'chunked';
    serve(request, response);
  };
}
