/**
 * The URLs that certificates name, made in this one place. They lie under this server's own public address, or under a
 * host that the authority's settings name; never under a vendor's. A certificate keeps what it was given: whoever
 * publishes goes by the issued rows, not by the settings of today. docs/decisions/0010-urls-in-certificates.md
 */
import { createHash } from 'node:crypto';
import type { Authority } from '../core/authority.ts';
import type { AuthorityId, EpochMs } from '../core/ids.ts';
import type { Pointers } from '../core/issuance.ts';
import { makeSerialNumber } from '../core/serial-number.ts';
import type { Publishing } from './world.ts';

/** @param base the public address, `http://…` without a slash at the end; asked at each use */
export function publishingUnder(base: () => string): Publishing {
  return {
    pointersOf: ({ id, revocation: { crl, ocsp } = nothing }, now) => ({
      caIssuers: [`${base()}/authorities/${id}.cer`],
      ocsp: ocsp === undefined ? none : [ocsp.host === undefined ? `${base()}/ocsp` : `http://${ocsp.host}`],
      crl: crl === undefined || crl.isUnnamed === true ? none : [crlUrl(base(), id, crl, now)],
    }),
  };
}

type Crl = NonNullable<NonNullable<Authority['revocation']>['crl']>;

/**
 * `<base>/crl/<authority>.crl`, or `<base>/crl/<authority>/<partition>.crl`; under a host of the authority's own
 * `http://<host>/<path>/<authority or partition>.crl`, as AWS documents it. The path is that host's business alone: under
 * our own address a name that somebody chose could cover another's.
 */
function crlUrl(base: string, id: AuthorityId, { kind, host, path = 'crl' }: Crl, now: EpochMs): string {
  const partition = kind === 'partitioned' ? partitionOf(id, now) : undefined;
  if (host === undefined) return `${base}/crl/${id}${partition === undefined ? '' : `/${partition}`}.crl`;
  const folder = path === '/' ? '' : `/${path}`;
  return `http://${host}${folder}/${partition ?? id}.crl`;
}

/**
 * The partition that a certificate issued now belongs to: everything whose serial number begins with the same seven
 * digits, 2^20 ms or 17.5 minutes: at AWS's rate of 25 a second, 26,214 certificates, 1 MB if each were revoked.
 * A UUID (version 8, RFC 9562 §5.8) of those digits and of the authority.
 */
export function partitionOf(id: AuthorityId, issuedAt: EpochMs): string {
  const window = makeSerialNumber(issuedAt, noRandomness).slice(0, 7);
  const hash = createHash('sha256').update(id).digest('hex');
  return `0${window}-${hash.slice(0, 4)}-8${hash.slice(4, 7)}-8${hash.slice(7, 10)}-${hash.slice(10, 22)}`;
}

const nothing: NonNullable<Authority['revocation']> = {};
const none: Pointers['crl'] = [];
const noRandomness = new Uint8Array(10);
