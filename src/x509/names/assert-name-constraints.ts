/** Name constraints of an issuer, applied before anything is signed (RFC 5280 §4.2.1.10, §6.1.3 (b), (c)). */
import { Fault } from '../../core/fault.ts';
import { attributeTypes, type DistinguishedName, type GeneralName } from '../../core/name.ts';
import { readDer } from '../der/reader.ts';
import type { NameConstraints, Subtree } from '../extensions/name-constraints.ts';
import { clientText } from './client-text.ts';
import { readIp } from './ip-address.ts';
import { readText } from './text.ts';

/** Of a name with a constraint; more is an attack on our time (OpenSSL's NAME_CHECK_MAX is 2^20). */
export const mostComparisons = 100_000;

/**
 * Throws Fault `invalid` (reason `name-constraints`) naming the name that is excluded or not permitted, or when there
 * are too many names and constraints to compare.
 */
export function assertNameConstraints(
  constraints: NameConstraints,
  subject: DistinguishedName,
  alternatives: readonly GeneralName[],
): void {
  const { names, unreadable } = namesOf(subject, alternatives);
  const constrained = [...constraints.permitted, ...constraints.excluded];
  for (const kind of unreadable) {
    if (constrained.some((subtree) => subtree.kind === kind)) {
      throw broken(
        `the subject has a value that is no text where clients look for a ${kind} name, under the issuer's name constraints`,
      );
    }
  }
  if (names.length * constrained.length > mostComparisons) {
    throw broken(`${names.length} names are too many under the issuer's name constraints`);
  }
  for (const name of names) {
    if (constraints.excluded.some((subtree) => covers(subtree, name, 'excluded'))) refuse(name, 'is excluded');
    const permitted = constraints.permitted.filter((subtree) => isSameForm(subtree, name));
    if (permitted.length > 0 && !permitted.some((subtree) => covers(subtree, name, 'permitted'))) {
      refuse(name, 'is not permitted');
    }
  }
}

/**
 * Every name that counts: the subject itself, its e-mail addresses, the alternative names, an internationalised mailbox
 * as the e-mail address that it is, and, because clients still take them for one, each common name that looks like a
 * host when there is no DNS name. `unreadable` is what a client could find in the subject and we cannot read: OpenSSL
 * refuses such a certificate under name constraints.
 */
function namesOf(subject: DistinguishedName, alternatives: readonly GeneralName[]) {
  const names: GeneralName[] = [...alternatives];
  const unreadable = new Set<'dns' | 'email'>();
  if (subject.length > 0) names.push({ kind: 'directory', value: subject });
  const hasDns = alternatives.some(({ kind }) => kind === 'dns');
  for (const { type, value } of subject.flat()) {
    if (type !== attributeTypes.EMAIL && (type !== attributeTypes.CN || hasDns)) continue;
    const kind = type === attributeTypes.EMAIL ? 'email' : 'dns';
    const text = clientText(value);
    if (text === undefined) unreadable.add(kind);
    else if (kind === 'email') names.push({ kind, value: text });
    else if (hostPattern.test(text)) names.push(hostOf(text));
  }
  for (const name of alternatives) {
    if (name.kind === 'other' && name.type === utf8Mailbox) names.push({ kind: 'email', value: textOf(name.value) });
  }
  return { names, unreadable };
}

const hostPattern = /^(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?$/;

function hostOf(commonName: string): GeneralName {
  const value = withoutRoot(commonName);
  return readIp(value) === undefined ? { kind: 'dns', value } : { kind: 'ip', value };
}

/** A host with a dot at its end is the same host (RFC 3986 §3.2.2). */
function withoutRoot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

/** SmtpUTF8Mailbox: constraints on e-mail addresses are constraints on these (RFC 9598 §6). */
const utf8Mailbox = '1.3.6.1.5.5.7.8.9';

/** What is no text is no mailbox of any host: no constraint permits it. */
function textOf(der: Uint8Array): string {
  return readText(readDer(der)) ?? '';
}

function isSameForm(subtree: Subtree, name: GeneralName): boolean {
  return subtree.kind === 'unprocessed' ? subtree.der[0] === tagOf(name) : subtree.kind === name.kind;
}

/** Forms that have no processing are covered by an exclusion and by no permission: the safe side in both. */
function covers(subtree: Subtree, name: GeneralName, list: 'permitted' | 'excluded'): boolean {
  if (!isSameForm(subtree, name)) return false;
  switch (subtree.kind) {
    case 'unprocessed':
      return list === 'excluded';
    case 'dns':
      return name.kind === 'dns' && coversHost(subtree.value, name.value, list);
    case 'email':
      return name.kind === 'email' && coversEmail(subtree.value, name.value);
    case 'uri':
      return name.kind === 'uri' && coversUri(subtree.value, name.value, list);
    case 'ip':
      return name.kind === 'ip' && coversIp(subtree.range, readIp(name.value));
    case 'directory':
      return name.kind === 'directory' && coversDirectory(subtree.value, name.value);
  }
}

/** Labels may be added on the left; with a leading dot at least one must be. */
function coversHost(constraint: string, host: string, list: 'permitted' | 'excluded'): boolean {
  const base = constraint.toLowerCase();
  const name = host.toLowerCase();
  if (base === '' || isBelow(name, base)) return true;
  // A wildcard stands for hosts that an exclusion names: it would let them through.
  return list === 'excluded' && name.startsWith('*.') && isBelow(base.replace(/^\./, ''), name.slice(1));
}

function isBelow(name: string, base: string): boolean {
  return base.startsWith('.') ? name.endsWith(base) : name === base || name.endsWith(`.${base}`);
}

/** A mailbox, a host (all its mailboxes), or with a leading dot the hosts below a domain. */
function coversEmail(constraint: string, address: string): boolean {
  const at = address.lastIndexOf('@');
  const host = address.slice(at + 1).toLowerCase();
  const constraintAt = constraint.lastIndexOf('@');
  if (constraintAt >= 0) {
    const isSameMailbox = constraint.slice(0, constraintAt) === address.slice(0, at);
    return isSameMailbox && constraint.slice(constraintAt + 1).toLowerCase() === host;
  }
  return coversOneHost(constraint, host);
}

/**
 * Only hosts by name: a URI without one, or with one that its readers could take for different hosts (escaped, or with a
 * second `@`), is excluded by any exclusion and permitted by none.
 */
function coversUri(constraint: string, uri: string, list: 'permitted' | 'excluded'): boolean {
  const authority = /^[^:]+:\/\/(?:[^@/?#]*@)?(?<host>[^:/?#]*)/.exec(uri)?.groups?.['host'] ?? '';
  const host = withoutRoot(authority);
  if (!/^[\w.-]+$/.test(host) || readIp(host) !== undefined) return list === 'excluded';
  return coversOneHost(constraint, host.toLowerCase());
}

function coversOneHost(constraint: string, host: string): boolean {
  const base = constraint.toLowerCase();
  return base === '' || (base.startsWith('.') ? host.endsWith(base) : host === base);
}

function coversIp(range: Uint8Array, address: Uint8Array | undefined): boolean {
  if (address === undefined || range.length !== 2 * address.length) return false;
  return address.every((octet, i) => {
    const mask = range[address.length + i] ?? 0;
    return (octet & mask) === ((range[i] ?? 0) & mask);
  });
}

/** The constraint's relative names begin the name (RFC 5280 §7.1: compared without case and repeated space). */
function coversDirectory(constraint: DistinguishedName, name: DistinguishedName): boolean {
  return constraint.every((rdn, i) => {
    const other = name[i] ?? [];
    if (other.length !== rdn.length) return false;
    return rdn.every(({ type, value }) =>
      other.some((one) => one.type === type && folded(one.value) === folded(value)),
    );
  });
}

function folded(value: string): string {
  return value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

function tagOf(name: GeneralName): number | undefined {
  if (name.kind === 'opaque') return name.der[0];
  if (name.kind === 'registered-id') return 0x88;
  return name.kind === 'other' ? 0xa0 : undefined;
}

function refuse(name: GeneralName, why: string): never {
  const shown = 'value' in name && typeof name.value === 'string' ? ` ${JSON.stringify(name.value)}` : '';
  throw broken(`the ${name.kind} name${shown} ${why} by the issuer's name constraints`);
}

function broken(message: string): Fault {
  return new Fault('invalid', message, { what: 'name constraints', reason: 'name-constraints' });
}
