import type { IncomingMessage } from 'node:http';
import { Http2ServerRequest } from 'node:http2';

/**
 * Names and values in turn, as they were sent. HTTP/2 names the host in `:authority`: it stands for the host field
 * that HTTP/1.1 has (RFC 9113 §8.3.1), which is what clients sign. Where both are sent and differ, both are kept, and
 * whoever reads the host sees it twice.
 */
export function rawFieldsOf(request: IncomingMessage | Http2ServerRequest): readonly string[] {
  return request instanceof Http2ServerRequest ? ofHttp2(request) : request.rawHeaders;
}

function ofHttp2({ rawHeaders, headers }: Http2ServerRequest): readonly string[] {
  const fields: string[] = [];
  const authority = headers[':authority'];
  if (authority !== undefined && authority !== headers.host) fields.push('host', authority);
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!name.startsWith(':')) fields.push(name, rawHeaders[at + 1] ?? '');
  }
  return fields;
}
