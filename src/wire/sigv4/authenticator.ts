import { timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../core/account.ts';
import { type Region, region as regionOf } from '../../core/ids.ts';
import type { Clock } from '../../core/ports.ts';
import type { AccessKeys, OpenKey } from '../access-keys.ts';
import type { Authenticator, Destination } from '../authenticator.ts';
import { callerOf } from '../caller-of.ts';
import { Refusal } from '../refusal.ts';
import type { HeaderFields, WireRequest } from '../request.ts';
import { canonicalRequest, compare, sha256Hex } from './canonical-request.ts';
import { type Credential, parseAuthorization } from './credential.ts';
import { Rejected, type SignatureProblem } from './rejected.ts';
import { assertTimely, type RequestDate, requestDate } from './request-date.ts';
import { isSignedBy } from './signature.ts';

/** A dialect's code and status for each problem. */
export type SignatureCodes = Readonly<Record<SignatureProblem, { readonly code: string; readonly status: number }>>;

export interface SigV4Ports {
  readonly accessKeys: AccessKeys;
  readonly clock: Clock;
}

/**
 * Checks Signature Version 4 in its header form, of a request to one service. The obligations, in order:
 * one Authorization field and no query form; readable; scoped to the day of its date, a region, this service and
 * aws4_request; host and every x-amz-* field signed (but x-amz-user-agent); no field twice that we act on; no
 * temporary credential; the body's real hash; a date within 5 minutes; the right secret, for an unknown key at the
 * same cost; a key and an account that are not switched off.
 */
export function sigV4Authenticator(ports: SigV4Ports, service: string, codes: SignatureCodes): Authenticator {
  const worded = (cause: unknown): unknown => {
    if (!(cause instanceof Rejected)) return cause;
    const { code, status } = codes[cause.problem];
    return new Refusal(code, cause.message, { status });
  };
  return (request, to) => {
    try {
      const claim = claimOf(request, service);
      const found = ports.accessKeys.find(claim.credential.accessKey);
      if (!(found instanceof Promise)) return proven(ports, claim, found, request, to);
      return found
        .then((open) => proven(ports, claim, open, request, to))
        .catch((cause: unknown) => {
          throw worded(cause);
        });
    } catch (cause) {
      throw worded(cause);
    }
  };
}

/** What a request claims, well formed and complete but not yet proven. */
interface Claim {
  readonly credential: Credential;
  readonly region: Region;
  readonly date: RequestDate;
  readonly stringToSign: string;
}

function claimOf(request: WireRequest, service: string): Claim {
  const { headers, body } = request;
  const credential = parseAuthorization(authorizationOf(request));
  const date = requestDate(headers);
  const region = assertScope(credential, date, service);
  assertSignedHeaders(headers, credential.signedHeaders);
  if (headers.get('x-amz-security-token') !== undefined) throw unknownKey();
  const bodyHash = sha256Hex(body);
  assertContentHash(headers, bodyHash);
  const canonical = canonicalRequest(request, credential.signedHeaders, bodyHash);
  if (canonical === undefined) throw mismatch();
  const scope = `${credential.date}/${credential.region}/${service}/aws4_request`;
  const stringToSign = `AWS4-HMAC-SHA256\n${date.stamp}\n${scope}\n${sha256Hex(canonical)}`;
  return { credential, region, date, stringToSign };
}

function proven(
  { accessKeys, clock }: SigV4Ports,
  { credential, region, date, stringToSign }: Claim,
  open: OpenKey | undefined,
  request: WireRequest,
  to: Destination,
): Caller {
  const isProven = isSignedBy(open ?? accessKeys.stranger, credential, stringToSign);
  if (open === undefined) throw unknownKey();
  assertTimely(date, clock.now());
  if (!isProven) throw mismatch();
  if (!accessKeys.isUsable(open)) throw unknownKey();
  return callerOf(accessKeys, open, region, request, to);
}

/** A signature in the header or in the query, never both, and here only in the header. */
function authorizationOf({ headers, query }: WireRequest): string {
  const field = headers.get('authorization');
  const inQuery = /(?:^|&)x-amz-(?:algorithm|credential|signature)=/i.test(query);
  if (inQuery && field !== undefined) {
    throw new Rejected('incomplete', 'The request carries a signature in its Authorization header and in its query.');
  }
  if (inQuery) {
    throw new Rejected('incomplete', 'A signature is accepted in the Authorization header, not in the query.');
  }
  if (field === undefined || field === '') throw new Rejected('missing', 'Missing Authentication Token');
  const twice = usedOnce.find((name) => headers.isRepeated(name));
  if (twice !== undefined) throw new Rejected('incomplete', `The header '${twice}' was sent more than once.`);
  return field;
}

function assertScope(credential: Credential, { stamp }: RequestDate, service: string): Region {
  const { date, region, terminator } = credential;
  if (terminator !== 'aws4_request') {
    throw new Rejected('mismatch', "Credential should be scoped with a valid terminator: 'aws4_request'.");
  }
  if (credential.service !== service) {
    throw new Rejected('mismatch', `Credential should be scoped to correct service: '${service}'.`);
  }
  if (date !== stamp.slice(0, 8)) {
    throw new Rejected(
      'mismatch',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date.slice(0, 16)}' != '${stamp.slice(0, 8)}', from '${stamp}'.`,
    );
  }
  if (!/^[a-z]{2}(-[a-z0-9]+){1,4}$/.test(region) || region.length > 32) {
    throw new Rejected('mismatch', 'Credential should be scoped to a valid region.');
  }
  return regionOf(region);
}

/**
 * An unsigned x-amz-* field could be changed on the way, and X-Amz-Target decides what is done. The list itself must
 * be in its one form, or two lists would stand for one signature.
 */
function assertSignedHeaders(headers: HeaderFields, signed: readonly string[]): void {
  if (!signed.includes('host')) {
    throw new Rejected('mismatch', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  for (const name of headers.names()) {
    if (name.startsWith('x-amz-') && name !== 'x-amz-user-agent' && !signed.includes(name)) {
      throw new Rejected('mismatch', `'${name.slice(0, 64)}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
  for (const [at, name] of signed.entries()) {
    const previous = signed[at - 1];
    const isInOrder = previous === undefined || compare(previous, name) < 0;
    if (!isInOrder || headers.get(name) === undefined) throw mismatch();
  }
}

/** What a client says of its body must be true, and must be said: UNSIGNED-PAYLOAD and STREAMING-* are for S3. */
function assertContentHash(headers: HeaderFields, bodyHash: string): void {
  const said = headers.get('x-amz-content-sha256');
  if (said === undefined) return;
  if (/^(?:STREAMING-|UNSIGNED-PAYLOAD$)/.test(said)) {
    throw new Rejected(
      'mismatch',
      `The value '${said.slice(0, 64)}' of the header 'x-amz-content-sha256' is not supported: the body must be signed.`,
    );
  }
  const isTrue = said.length === bodyHash.length && timingSafeEqual(Buffer.from(said, 'latin1'), Buffer.from(bodyHash));
  if (!isTrue) {
    throw new Rejected('mismatch', "The value of the header 'x-amz-content-sha256' is not the SHA-256 of the body.");
  }
}

function unknownKey(): Rejected {
  return new Rejected('unknown-key', 'The security token included in the request is invalid.');
}

function mismatch(): Rejected {
  return new Rejected(
    'mismatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
}

/** Fields that decide something here, so that two of them could mean two things. */
const usedOnce = [
  'authorization',
  'host',
  'date',
  'x-amz-date',
  'x-amz-target',
  'x-amz-content-sha256',
  'x-amz-security-token',
  'content-type',
] as const;
