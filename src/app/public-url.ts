/** The URLs under which the outside sees the listeners: given, or derived from where they bound. */
import { isIPv6 } from 'node:net';
import type { Config } from './config.ts';
import { isWildcard, type ListenAddress } from './listen-address.ts';

/** How clients reach the server that bound `port`. */
export function publicUrlOf(config: Config, port: number): string {
  if (config.publicUrl !== undefined) return config.publicUrl;
  return `${config.tls === undefined ? 'http' : 'https'}://${hostOf(config, config.listen)}:${port}`;
}

/**
 * What certificates name. `port` is the one that the PKI listener bound, or the main one where it has none.
 * Always plain http, at the public host when there is one.
 */
export function pkiUrlOf(config: Config, port: number): string {
  if (config.pkiUrl !== undefined) return config.pkiUrl;
  if (config.pkiListen === undefined && config.publicUrl?.startsWith('http:') === true) return config.publicUrl;
  const host =
    config.publicUrl === undefined
      ? hostOf(config, config.pkiListen ?? config.listen)
      : new URL(config.publicUrl).hostname;
  return `http://${host}:${port}`;
}

/** A host that a client can be told: the machine's name where the listener takes every address. */
function hostOf({ hostName }: Config, address: ListenAddress): string {
  if (isWildcard(address)) return hostName;
  return isIPv6(address.host) ? `[${address.host}]` : address.host;
}
