import type { Caller } from '../core/account.ts';
import { type Authority, type AuthorityCertificate, type AuthorityStatus, statusOf } from '../core/authority.ts';
import { Fault } from '../core/fault.ts';
import { type AuthorityId, type EpochMs, type Region, serialNumber } from '../core/ids.ts';
import { decodeExtension } from '../x509/extensions/extension.ts';
import { basicConstraints } from '../x509/extensions/basic-constraints.ts';
import { type Certificate, readCertificatePem, readCertificatesPem } from '../x509/certificate.ts';
import { isSelfSigned, verifyChain } from '../x509/chain.ts';
import { readCsr } from '../x509/csr.ts';
import { isSameOctets } from '../x509/der/octets.ts';
import { isSameSpki } from '../x509/public-key.ts';
import { assertStatus } from './change-authority.ts';
import { findAuthority } from './find-authority.ts';
import { retryConflict } from './retry-conflict.ts';
import type { World } from './world.ts';

export interface InstallWish {
  readonly id: AuthorityId;
  readonly region?: Region;
  /** One certificate, PEM. */
  readonly certificate: Uint8Array;
  /** Issuer first, root last, PEM; without the certificate itself. */
  readonly chain?: Uint8Array;
  readonly from: readonly AuthorityStatus[];
  /** Refuse a subordinate's certificate whose chain to a root is not given. */
  readonly demandsChain: boolean;
  /** The most authorities from the root down to this one. */
  readonly levels?: number;
  /** The extensions that may be critical; those that we understand unless given. */
  readonly mayBeCritical?: ReadonlySet<string>;
  /** Its CRL is enabled, so its certificate must allow signing one. */
  readonly signsCrl?: (authority: Authority) => boolean;
}

/**
 * Puts a certificate in force that was signed elsewhere, or here by IssueCertificate.
 *
 * Faults: `not-found`; `wrong-state`; `malformed` PEM or DER (what `certificate` or `chain`); `mismatch` when it is
 * not for the authority's key (reason `key`); `invalid` when it is no certificate of an authority (reasons
 * `basic-constraints`, `key-usage`, `no-crl-sign`, `no-subject`, `expired`, `not-yet-valid`), or its chain is not what
 * its type needs (what `chain`, reasons `missing`, `unexpected`, `self-signed`, `not-self-signed`, `contains-itself`,
 * `levels`) or does not verify (those of `verifyChain`). Its subject may be another than the CSR's: whoever signed it
 * chose it, and it is the issuer of what the authority signs.
 */
export async function installAuthorityCertificate(
  world: Pick<World, 'store' | 'clock' | 'pace' | 'audit'>,
  caller: Caller,
  wish: InstallWish,
): Promise<void> {
  await retryConflict(async () => {
    const now = world.clock.now();
    const authority = await findAuthority(world, caller, wish.id, wish);
    assertStatus(authority, statusOf(authority, now), wish.from);
    const certificate = readCertificatePem(wish.certificate);
    const chain = wish.chain === undefined || wish.chain.length === 0 ? [] : readCertificatesPem(wish.chain);
    assertOfAuthority(certificate, authority, now);
    if (wish.signsCrl?.(authority) === true && certificate.keyUsage?.includes('cRLSign') !== true) {
      throw refused('no-crl-sign', 'the certificate has no key usage with cRLSign, and the CRL is enabled');
    }
    assertChain(certificate, chain, authority, wish, now);
    await world.store.commit('update-authority', {
      account: caller.account,
      id: authority.id,
      version: authority.version,
      now,
      state: authority.state.kind === 'pending' ? { kind: 'active' } : undefined,
      certificate: await kept(world, caller, certificate, chain),
    });
    await world.audit.record(caller, { verb: 'imported', what: 'authority certificate', id: authority.id });
  });
}

/** RFC 5280 §4.2.1.9 and §4.2.1.3: a CA certificate carries critical CA:TRUE and may sign certificates. */
function assertOfAuthority(certificate: Certificate, authority: Authority, now: EpochMs): void {
  if (!isSameSpki(certificate.publicKey.spki, readCsr(authority.csr).publicKey.spki)) {
    throw new Fault('mismatch', "the certificate's public key is not the one of the authority's CSR", {
      what: 'certificate',
      reason: 'key',
    });
  }
  const constraints = certificate.extensions.find(({ oid }) => oid === basicConstraints.oid);
  const value = decodeExtension(certificate.extensions, basicConstraints);
  if (constraints === undefined || !constraints.critical || value?.isAuthority !== true) {
    throw refused('basic-constraints', 'the certificate has no critical basic constraints with CA:TRUE');
  }
  if (certificate.keyUsage?.includes('keyCertSign') !== true) {
    throw refused('key-usage', 'the certificate has no key usage with keyCertSign');
  }
  // RFC 5280 §4.1.2.6: an authority has a name.
  if (certificate.subject.length === 0) throw refused('no-subject', 'the certificate has no subject');
  if (certificate.validity.notAfter < now) throw refused('expired', 'the certificate has expired');
  if (certificate.validity.notBefore > now) throw refused('not-yet-valid', 'the certificate is not valid yet');
}

function assertChain(
  certificate: Certificate,
  chain: readonly Certificate[],
  authority: Authority,
  { demandsChain, levels, mayBeCritical }: InstallWish,
  now: EpochMs,
): void {
  const expected = { at: now, isAuthority: true, mayBeCritical };
  if (authority.type === 'root') {
    if (chain.length > 0) throw refused('unexpected', "a root's certificate has no chain, none is expected", 'chain');
    if (!isSelfSigned(certificate)) {
      throw refused('not-self-signed', "a root's certificate is signed by its own key, this one is not", 'chain');
    }
    verifyChain([certificate], { ...expected, endsInRoot: true });
    return;
  }
  if (isSelfSigned(certificate)) {
    throw refused(
      'self-signed',
      'a subordinate is certified by another authority, this certificate is self-signed',
      'chain',
    );
  }
  if (chain.length === 0 && demandsChain) {
    throw refused('missing', "a subordinate's certificate needs its chain up to the root", 'chain');
  }
  if (chain.some(({ der }) => isSameOctets(der, certificate.der))) {
    throw refused('contains-itself', 'the chain must not contain the certificate itself', 'chain');
  }
  if (levels !== undefined && chain.length >= levels) {
    throw refused('levels', `the chain has ${chain.length} certificates, at most ${levels - 1} are allowed`, 'chain');
  }
  verifyChain([certificate, ...chain], { ...expected, endsInRoot: demandsChain });
}

/** What the store keeps; the issuer is named when this house signed it. */
async function kept(
  { store }: Pick<World, 'store'>,
  caller: Caller,
  certificate: Certificate,
  chain: readonly Certificate[],
): Promise<AuthorityCertificate> {
  const { der, serial, validity, subject, basicConstraints: constraints } = certificate;
  const ours = serial.length === 32 ? await store.issued.get(caller.account, serialNumber(serial)) : undefined;
  return {
    der,
    chain: chain.map((link) => link.der),
    serial,
    validity,
    subject,
    issuer: ours !== undefined && isSameSpki(ours.der, der) ? ours.authority : undefined,
    pathLength: constraints?.pathLength,
  };
}

function refused(reason: string, message: string, what = 'certificate'): Fault {
  return new Fault('invalid', message, { what, reason });
}
