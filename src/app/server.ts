/** A running server: the house behind its listeners, with the files that clients use. */
import { watchFile, unwatchFile } from 'node:fs';
import type { StartWriter } from '../store/sqlite/writer.ts';
import { pagesFront } from '../wire/http/pages.ts';
import { type Listener, listener } from '../wire/http/listener.ts';
import type { WireRequest } from '../wire/request.ts';
import type { Config } from './config.ts';
import { refreshClientFiles } from './files-for-clients.ts';
import { buildHouse, type House } from './house.ts';
import type { ServerLog } from './log.ts';
import { publicPages, serverPages } from './pages.ts';
import { pkiUrlOf, publicUrlOf } from './public-url.ts';
import { readTlsFiles, type TlsFiles } from './tls-files.ts';
import { version } from './version.ts';

export interface RunningServer {
  readonly house: House;
  readonly publicUrl: string;
  readonly pkiUrl: string;
  /** Where the main listener is bound. */
  readonly address: string;
  /** The secret that this start made, for a terminal; wiped by `close` or `forgetSecret`. */
  readonly madeKey: House['madeKey'];
  reloadTls(): void;
  /** Finishes what is under way, within 10 s. */
  close(): Promise<void>;
}

/** Builds and binds everything; when a step fails, what was opened before is closed again. */
export async function startServer(config: Config, log: ServerLog, startWriter: StartWriter): Promise<RunningServer> {
  const urls = { public: '', pki: '' };
  const tls = tlsOf(config);
  const house = await buildHouse(
    config,
    log,
    startWriter,
    () => urls.pki,
    () => urls.public,
  );
  const open: Listener[] = [];
  try {
    const failed = (err: unknown, { requestId }: WireRequest) => log.error({ requestId, err }, 'a page failed');
    const facts = () => ({ version, publicUrl: urls.public, pkiUrl: urls.pki, region: config.region });
    const own = serverPages(house, facts);
    const shared = publicPages(house);
    const mainPages = pagesFront(config.pkiListen === undefined ? [...own, ...shared] : own, failed);
    const main = listener({ fronts: [...house.fronts, mainPages], log, ...tls });
    open.push(main);
    const address = await main.listen(config.listen.host, config.listen.port);
    const port = Number(new URL(address).port || (config.tls === undefined ? 80 : 443));
    const pkiPort = config.pkiListen === undefined ? port : await listenPki(config.pkiListen);
    urls.public = publicUrlOf(config, port);
    urls.pki = pkiUrlOf(config, pkiPort);

    const { madeKey } = house;
    refreshClientFiles(config.home, clientFacts());
    const stopWatching = watchTls(config, reloadTls);
    return {
      house,
      publicUrl: urls.public,
      pkiUrl: urls.pki,
      address,
      madeKey,
      reloadTls,
      close: async () => {
        stopWatching();
        await Promise.all(open.map((each) => each.close(9_000)));
        await house.close();
      },
    };

    async function listenPki({ host, port: wanted }: NonNullable<Config['pkiListen']>): Promise<number> {
      const pki = listener({ fronts: [pagesFront(shared, failed)], log });
      open.push(pki);
      return Number(new URL(await pki.listen(host, wanted)).port || 80);
    }

    function clientFacts() {
      return { publicUrl: urls.public, region: config.region };
    }

    /** A pair that is absent or does not fit together, as halfway through a renewal, leaves the old one in use. */
    function reloadTls(): void {
      try {
        const { tls: renewed } = tlsOf(config);
        if (renewed === undefined) return;
        main.reloadTls(renewed);
        log.info({}, 'the TLS certificate was read again');
      } catch (err) {
        log.error({ err }, 'the TLS certificate and key could not be used; the old ones stay');
      }
    }
  } catch (cause) {
    await Promise.all(open.map((each) => each.close(0)));
    await house.close();
    throw cause;
  }
}

function tlsOf({ tls }: Config): { tls?: TlsFiles } {
  return tls === undefined ? {} : { tls: readTlsFiles(tls) };
}

/** Polls both files every 2 s; a change of either reads both. Returns what stops it. */
function watchTls({ tls }: Config, changed: () => void): () => void {
  if (tls === undefined) return () => {};
  const files = [tls.certFile, tls.keyFile];
  for (const file of files) watchFile(file, { interval: 2000, persistent: false }, changed);
  return () => {
    for (const file of files) unwatchFile(file, changed);
  };
}
