import { BlockList, isIP, isIPv6 } from 'node:net';
import { BadConfiguration } from './bad-configuration.ts';

/** Where a listener binds. Port 0 asks the system for a free one. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Reads `host:port`; an IPv6 host stands in brackets. Throws BadConfiguration naming `variable`. */
export function readListenAddress(variable: string, text: string): ListenAddress {
  const { bracketed, plain, digits } =
    /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:[\]]+)):(?<digits>[0-9]{1,5})$/.exec(text)?.groups ?? {};
  const host = bracketed ?? plain ?? '';
  const port = Number(digits ?? NaN);
  const isHost = bracketed === undefined ? isIP(host) === 4 || isHostName(host) : isIPv6(host);
  if (!isHost || !(port <= 65_535)) {
    throw new BadConfiguration(
      `${variable} is ${JSON.stringify(text)}, expected host:port with a port from 0 to 65535, for example 127.0.0.1:8600 or [::1]:8600`,
    );
  }
  return { host, port };
}

/** Only processes of this machine reach it. */
export function isLoopback({ host }: ListenAddress): boolean {
  const family = isIP(host);
  if (family === 0) return host.toLowerCase() === 'localhost';
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** Every address of this machine, so none that a client could be told. */
export function isWildcard({ host }: ListenAddress): boolean {
  return host === '0.0.0.0' || /^[0:]+$/.test(host);
}

/** A name of RFC 1123 §2.1; one of digits and dots alone would be a mistyped IPv4 address. */
function isHostName(host: string): boolean {
  return (
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))*$/i.test(host) && !/^[0-9.]+$/.test(host)
  );
}
