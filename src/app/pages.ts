/** What anybody may GET: the landing page, health, metrics, and the certificates of authorities. */
import type { WireReply } from '../wire/request.ts';
import { type Page, plain } from '../wire/http/pages.ts';
import type { House } from './house.ts';
import { landingPage, type LandingFacts } from './landing-page.ts';
import { publicFile } from './relying-parties.ts';

/** For the main listener: what the operator's tools and browsers ask. */
export function serverPages(
  house: Pick<House, 'ready' | 'metrics' | 'objectPage'>,
  facts: () => LandingFacts,
): readonly Page[] {
  return [
    { path: '/', answer: () => html(landingPage(facts())) },
    { path: '/healthz', answer: () => plain(200, 'ok\n') },
    { path: '/readyz', answer: () => readiness(house) },
    house.objectPage,
    { path: '/metrics', answer: async () => text(house.metrics.contentType, await house.metrics.text()) },
  ];
}

/** For whichever listener serves relying parties. */
export function publicPages({ store }: Pick<House, 'store'>): readonly Page[] {
  return [
    {
      path: '/authorities/*',
      answer: async (rest) => {
        const file = await publicFile(store.authorities, `/authorities/${rest}`);
        if (file === undefined) return undefined;
        return {
          status: 200,
          headers: { 'content-type': file.type, 'cache-control': 'public, max-age=3600' },
          body: file.body,
        };
      },
    },
  ];
}

async function readiness({ ready }: Pick<House, 'ready'>): Promise<WireReply> {
  try {
    await ready();
    return plain(200, 'ready\n');
  } catch {
    return plain(503, 'not ready: the store or the vault does not answer\n');
  }
}

function text(type: string, body: string): WireReply {
  return { status: 200, headers: { 'content-type': type }, body };
}

/** No script, no frame, no outside asset can come in through this page. */
function html(body: string): WireReply {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  return { status: 200, headers, body };
}
