/** What may stand in a subject alternative name that we certify (RFC 5280 §4.2.1.6). */
import { isIP } from 'node:net';
import { Fault } from '../../core/fault.ts';
import type { GeneralName } from '../../core/name.ts';
import { assertName } from './assert-name.ts';
import { readIp } from './ip-address.ts';

/** Throws Fault `invalid` (what `subject alternative name`, reason `identifier`) naming what is wrong. */
export function assertIdentifier(name: GeneralName): void {
  switch (name.kind) {
    case 'dns':
      return assertDnsName(name.value);
    case 'email':
      return assertEmail(name.value);
    case 'uri':
      return assertUri(name.value);
    case 'ip':
      if (readIp(name.value) === undefined) fail('an IP address', name.value, 'it is no IPv4 or IPv6 address');
      return;
    case 'directory':
      return assertName(name.value);
    case 'registered-id':
    case 'other':
    case 'opaque':
      return;
  }
}

/**
 * A host name in the preferred syntax (RFC 1034 §3.5, RFC 1123 §2.1), underscores allowed because private networks
 * have them; a wildcard only as the whole leftmost label (RFC 6125 §6.4.3).
 */
function assertDnsName(value: string): void {
  if (value.length <= 253 && plainHost.test(value)) return;
  const refuse = (why: string) => fail('a DNS name', value, why);
  if (value.length === 0 || value.length > 253) refuse(`it has ${value.length} characters, expected 1 to 253`);
  if (value.endsWith('.')) refuse('it ends with a dot');
  if (mayBeAddress.test(value) && isIP(value) !== 0) refuse('it is an IP address and belongs into one');
  const labels = value.split('.');
  if (labels[0] === '*') {
    labels.shift();
    if (labels.length === 0) refuse('it is nothing but a wildcard');
  }
  for (const label of labels) {
    if (label.length === 0 || label.length > 63) refuse(`a label has ${label.length} characters, expected 1 to 63`);
    if (label.includes('*')) refuse('a wildcard stands elsewhere than as the whole leftmost label');
    if (!labelPattern.test(label)) refuse('a label has characters other than letters, digits, hyphens inside, and _');
  }
}

function assertEmail(value: string): void {
  const at = value.lastIndexOf('@');
  if (at < 1 || value.length > 255 || !mailboxPattern.test(value.slice(0, at))) {
    fail('an e-mail address', value, 'it is not local-part@domain in ASCII');
  }
  const host = value.slice(at + 1);
  if (!literalPattern.test(host)) assertDnsName(host);
  if (host.includes('*')) fail('an e-mail address', value, 'it has a wildcard');
}

/** Absolute: a scheme and something after it (RFC 5280 §4.2.1.6), only characters of RFC 3986. */
function assertUri(value: string): void {
  if (value.length > 2048 || !uriPattern.test(value)) {
    fail('a URI', value, 'it is not an absolute URI of RFC 3986 of at most 2048 characters');
  }
}

/** An IPv4 address ends with a digit, an IPv6 address has a colon. */
const mayBeAddress = /[0-9]$|:/;
/** What is accepted without a look at its parts: the last label begins with no digit, so it is no IPv4 address. */
const plainHost =
  /^(?:\*\.)?(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const labelPattern = /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?$/;
const mailboxPattern = /^(?:[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.]+|"[\x20\x21\x23-\x5b\x5d-\x7e]*")$/;
/** RFC 5321 §4.1.3: an address literal, of visible characters. */
const literalPattern = /^\[[!-Z^-~]+\]$/;
const uriPattern = /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;

function fail(what: string, value: string, why: string): never {
  const shown = JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  throw new Fault('invalid', `${shown} is not acceptable as ${what}: ${why}`, {
    what: 'subject alternative name',
    reason: 'identifier',
  });
}
