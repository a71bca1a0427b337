/** One request and its answer, between the HTTP framework's words and ours, whatever the version of HTTP. */
import { Readable } from 'node:stream';
import { Http2ServerResponse } from 'node:http2';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { headerFields, type WireReply, type WireRequest } from '../request.ts';
import { rawFieldsOf } from './raw-fields.ts';

export function receive(request: FastifyRequest): WireRequest {
  const { raw, id, body } = request;
  const target = raw.url ?? '/';
  const question = target.indexOf('?');
  return {
    method: raw.method ?? 'GET',
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers: headerFields(rawFieldsOf(raw)),
    body: body instanceof Buffer ? body : noBody,
    requestId: id,
    source: raw.socket.remoteAddress ?? '',
  };
}

/**
 * The connection serves no further request, because a part of this one stays unread. HTTP/2 has no such field: there
 * the rest of one stream is given up, and the others go on (RFC 9113 §8.1).
 */
export function closing(reply: FastifyReply): FastifyReply {
  const { raw } = reply;
  if (!(raw instanceof Http2ServerResponse)) return reply.header('connection', 'close');
  raw.once('finish', () => raw.stream.close());
  return reply.removeHeader('connection');
}

/** As octets even when it is text: to text Fastify adds a charset, which the vendors' types do not have. */
export function send(reply: FastifyReply, { status, headers, body, stream }: WireReply): FastifyReply {
  const octets = body instanceof Buffer ? body : Buffer.from(body);
  return reply
    .code(status)
    .headers(headers)
    .send(stream === undefined ? octets : Readable.from(stream, { objectMode: false }));
}

const noBody = Buffer.alloc(0);
