import { hash, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../core/account.ts';
import type { Session } from '../../core/session.ts';
import { type DomainId, type EpochMs, type ProjectId, type Region, region as regionOf } from '../../core/ids.ts';
import type { Clock } from '../../core/ports.ts';
import type { AccessKeys, OpenKey } from '../access-keys.ts';
import type { Authenticator, Destination } from '../authenticator.ts';
import { callerOf } from '../caller-of.ts';
import type { ShownCredential } from '../operation.ts';
import type { HeaderFields, WireRequest } from '../request.ts';
import { basicForm } from '../sigv4/request-date.ts';
import { SignInThrottle } from '../sign-in-throttle.ts';
import { gatewayRefusal } from './error-body.ts';
import { isSignedWith, parseSdkAuthorization } from './signature.ts';

export interface HuaweiSignInPorts {
  readonly accessKeys: AccessKeys;
  /** By the lower-case hexadecimal SHA-256 of a token. */
  readonly session: (tokenHash: string) => Promise<Session | undefined>;
  /** Which project a domain has in a region; a scope header may name any region's. */
  readonly projectOf: (domain: DomainId, region: Region) => ProjectId;
  /** The regions whose projects callers may name; the first is where what comes through Huawei lives. */
  readonly regions: readonly [Region, ...Region[]];
  readonly clock: Clock;
  readonly throttle?: SignInThrottle;
}

/** The documented tolerance of Huawei's gateway. */
const skewMs = 15 * 60_000;

/** The three ways to prove who asks; all of them end in an access key that is switched on. */
export interface HuaweiSignIn {
  /** By SDK-HMAC-SHA256 signature, or by X-Auth-Token; never by both. */
  readonly authenticate: Authenticator;
  /** By access key and secret in the body: the request for a token. */
  readonly signIn: (request: WireRequest, to: Destination, shown: ShownCredential) => Promise<Caller>;
}

/**
 * Obligations, in order: one of Authorization and X-Auth-Token, each once. A signature: readable, X-Sdk-Date and all
 * of its headers there and X-Sdk-Date signed, within 15 minutes, the body's real hash, a pair of source and key
 * that has not just failed too often, the right secret, for an unknown key at the same cost. A token: known by its
 * hash, not expired. Both: a key and an account that are switched on; and account, project and region come from the
 * key alone, so that X-Domain-Id, X-Project-Id and X-Security-Token, which some clients leave unsigned, may only agree.
 */
export function huaweiSignIn(ports: HuaweiSignInPorts): HuaweiSignIn {
  const throttle = ports.throttle ?? new SignInThrottle(ports.clock);
  const bound = { ...ports, throttle };
  return {
    authenticate: (request, to) => {
      const { headers } = request;
      const twice = usedOnce.find((name) => headers.isRepeated(name));
      if (twice !== undefined) throw unauthorized(`the header ${twice} was sent more than once`);
      const signature = sent(headers, 'authorization');
      const token = sent(headers, 'x-auth-token');
      if (signature !== undefined && token !== undefined) {
        throw unauthorized('the request carries a signature and a token');
      }
      if (signature !== undefined) return bySignature(bound, request, to, signature);
      if (token !== undefined) return byToken(bound, request, to, token);
      throw unauthorized('x-auth-token not found');
    },
    signIn: (request, to, shown) => bySecret(bound, request, to, shown),
  };
}

type Bound = HuaweiSignInPorts & { readonly throttle: SignInThrottle };

function bySignature(ports: Bound, request: WireRequest, to: Destination, field: string): Caller | Promise<Caller> {
  const { headers, body, source } = request;
  const said = parseSdkAuthorization(field);
  if (said === undefined) throw unauthorized(failedSignature);
  assertDated(headers, said.signedHeaders, ports.clock.now());
  const bodyHash = hash('sha256', body, 'hex');
  const saidHash = headers.get('x-sdk-content-sha256');
  if (saidHash !== undefined && saidHash !== bodyHash) throw unauthorized(failedSignature);
  assertNotThrottled(ports, source, said.accessKey);
  const prove = (open: OpenKey | undefined): Caller => {
    const isRight = isSignedWith((open ?? ports.accessKeys.stranger).secret, request, said, bodyHash);
    return admitted(ports, request, to, said.accessKey, isRight ? open : undefined);
  };
  const found = ports.accessKeys.find(said.accessKey);
  return found instanceof Promise ? found.then(prove) : prove(found);
}

async function bySecret(ports: Bound, request: WireRequest, to: Destination, shown: ShownCredential): Promise<Caller> {
  assertNotThrottled(ports, request.source, shown.accessKey);
  const open = await ports.accessKeys.find(shown.accessKey);
  const isRight = isSame(shown.secret, (open ?? ports.accessKeys.stranger).secret);
  return admitted(ports, request, to, shown.accessKey, isRight ? open : undefined);
}

async function byToken(ports: Bound, request: WireRequest, to: Destination, token: string): Promise<Caller> {
  const session = await ports.session(hash('sha256', token, 'hex'));
  if (session === undefined) throw unauthorized('decrypt token fail');
  if (session.expiresAt <= ports.clock.now()) {
    throw unauthorized(`token expires, expires_at: ${new Date(session.expiresAt).toISOString()}`);
  }
  const open = await ports.accessKeys.find(session.accessKey);
  const isItsOwn = open !== undefined && open.key.account === session.account;
  if (!isItsOwn || !ports.accessKeys.isUsable(open)) throw unauthorized('decrypt token fail');
  // A token carries its scope itself; a domain's token works in the region of the house.
  const region = session.scope.kind === 'project' ? regionOf(session.scope.region) : ports.regions[0];
  return callerWithin(ports, request, to, open, region);
}

/** `open` is the proven key, or undefined when nothing was proven. */
function admitted(
  ports: Bound,
  request: WireRequest,
  to: Destination,
  accessKey: string,
  open: OpenKey | undefined,
): Caller {
  if (open === undefined || !ports.accessKeys.isUsable(open)) {
    ports.throttle.failed(request.source, accessKey);
    throw unauthorized(failedSignature);
  }
  ports.throttle.succeeded(request.source, accessKey);
  return callerWithin(ports, request, to, open, ports.regions[0]);
}

/** The key's account, in the region that the scope headers agree on. */
function callerWithin(ports: Bound, request: WireRequest, to: Destination, open: OpenKey, usual: Region): Caller {
  const region = agreedRegion(ports, request.headers, open.account.domain, usual);
  return callerOf(ports.accessKeys, open, region, request, to);
}

/** What the scope headers say must be true of the key; they never choose an account. */
function agreedRegion({ projectOf, regions }: Bound, headers: HeaderFields, domain: DomainId, usual: Region): Region {
  const saidDomain = sent(headers, 'x-domain-id');
  if (saidDomain !== undefined && saidDomain !== domain) {
    throw unauthorized('X-Domain-Id is not the domain of the credential');
  }
  if (sent(headers, 'x-security-token') !== undefined)
    throw unauthorized('X-Security-Token does not belong to the credential');
  const project = sent(headers, 'x-project-id');
  if (project === undefined) return usual;
  const isOwn = [usual, ...regions].some((region) => projectOf(domain, region) === project);
  if (!isOwn) throw unauthorized('X-Project-Id is not a project of the credential');
  return usual;
}

function assertDated(headers: HeaderFields, signed: readonly string[], now: EpochMs): void {
  const at = basicForm(headers.get('x-sdk-date') ?? '');
  const isWhole = signed.includes('x-sdk-date') && signed.every((name) => headers.get(name) !== undefined);
  if (at === undefined || !isWhole) throw unauthorized(failedSignature);
  if (Math.abs(now - at) > skewMs) throw unauthorized(`${failedSignature}, X-Sdk-Date is more than 15 minutes off`);
}

/** A field without a value says nothing. */
function sent(headers: HeaderFields, name: string): string | undefined {
  return headers.get(name) || undefined;
}

function assertNotThrottled({ throttle }: Bound, source: string, accessKey: string): void {
  if (throttle.isClosed(source, accessKey)) throw unauthorized('AK access failed to reach the limit,forbidden');
}

/** Compares hashes, so that neither content nor length shows in the time. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'));
}

function unauthorized(why: string) {
  return gatewayRefusal(401, 'APIGW.0301', `Incorrect IAM authentication information: ${why}`);
}

const failedSignature = 'verify aksk signature fail';

const usedOnce = [
  'authorization',
  'host',
  'x-auth-token',
  'x-sdk-date',
  'x-sdk-content-sha256',
  'x-domain-id',
  'x-project-id',
  'x-security-token',
] as const;
