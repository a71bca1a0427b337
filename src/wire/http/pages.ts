import type { Front } from '../front.ts';
import type { WireReply, WireRequest } from '../request.ts';

/** Something to GET without a signature: a page, a health check, a certificate download. */
export interface Page {
  /** An exact path, or a beginning of paths that ends in `/*`. */
  readonly path: string;
  /** `rest` is what stands in place of the `*`; undefined means that there is nothing of that name. */
  readonly answer: (rest: string, request: WireRequest) => WireReply | undefined | Promise<WireReply | undefined>;
}

/** A front of plain pages. It claims only its paths, and only GET and HEAD. Exact paths go before beginnings. */
export function pagesFront(pages: readonly Page[], failed: (cause: unknown, request: WireRequest) => void): Front {
  const exact = new Map(pages.filter(({ path }) => !path.endsWith('/*')).map((page) => [page.path, page]));
  const below = pages
    .filter(({ path }) => path.endsWith('/*'))
    .map((page) => ({ page, start: page.path.slice(0, -1) }));
  const find = (path: string): { page: Page; rest: string } | undefined => {
    const page = exact.get(path);
    if (page !== undefined) return { page, rest: '' };
    const longer = below.find(({ start }) => path.startsWith(start) && path.length > start.length);
    return longer === undefined ? undefined : { page: longer.page, rest: path.slice(longer.start.length) };
  };
  return {
    name: 'pages',
    claims: ({ method, path, headers }) =>
      (method === 'GET' || method === 'HEAD') && headers.get('x-amz-target') === undefined && find(path) !== undefined,
    answer: async (request) => {
      const found = find(request.path);
      try {
        return (await found?.page.answer(found.rest, request)) ?? plain(404, 'not found\n');
      } catch (cause) {
        failed(cause, request);
        return plain(500, `internal error, request ${request.requestId}\n`);
      }
    },
    reject: () => plain(400, 'the body could not be read\n'),
  };
}

export function plain(status: number, text: string): WireReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
}
