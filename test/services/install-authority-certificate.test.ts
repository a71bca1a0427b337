import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Caller } from '../../src/core/account.ts';
import type { Authority } from '../../src/core/authority.ts';
import { region } from '../../src/core/ids.ts';
import { findAuthority } from '../../src/services/find-authority.ts';
import { type InstallWish, installAuthorityCertificate } from '../../src/services/install-authority-certificate.ts';
import { issueCertificate } from '../../src/services/issue-certificate.ts';
import { updateAuthority } from '../../src/services/update-authority.ts';
import { writePem } from '../../src/x509/pem.ts';
import { readCsr } from '../../src/x509/csr.ts';
import { foreign, type ForeignWish, newKey } from '../fronts/aws-acm/foreign.ts';
import { rejectsWith } from './expect-fault.ts';
import { day, openPlace, type Place } from './world.ts';
import { aRoot, authorityProfile, issueWish, noSuch, pendingOne, term } from './wishes.ts';

const keyUsages = ['keyCertSign', 'cRLSign'] as const;
const elsewhere = foreign({ subject: 'CN=Elsewhere Root', isAuthority: true, keyUsages });
const unrelated = foreign({ subject: 'CN=Unrelated Root', isAuthority: true, keyUsages });

describe('installing the certificate of an authority', () => {
  let at: Place;
  let caller: Caller;
  let sub: Authority;
  before(async () => {
    at = await openPlace();
  });
  beforeEach(async () => {
    caller = await at.newcomer();
    sub = await pendingOne(at, caller, { type: 'subordinate' });
  });
  after(() => at.close());

  const spki = ({ csr }: Authority) => readCsr(csr).publicKey.spki;
  /** Signed elsewhere for an authority's key. */
  const signedFor = (one: Authority, wish: ForeignWish = {}) =>
    Buffer.from(
      foreign({ subject: 'CN=Test Authority', publicKey: spki(one), isAuthority: true, keyUsages, ...wish })
        .certificate,
    );
  const below = (wish: ForeignWish = {}) => signedFor(sub, { issuer: elsewhere, ...wish });
  const chain = Buffer.from(elsewhere.certificate);
  const install = (wish: Partial<InstallWish> = {}) =>
    installAuthorityCertificate(at, caller, {
      id: sub.id,
      certificate: below(),
      chain,
      from: ['pending'],
      demandsChain: true,
      ...wish,
    });

  it('puts a certificate with its chain in force; then it issues', async () => {
    await install();
    const { state, certificate, version } = await findAuthority(at, caller, sub.id);
    assert.deepEqual([state.kind, version, certificate?.issuer], ['active', sub.version + 1, undefined]);
    assert.equal(certificate?.chain.length, 1);
    await issueCertificate(at, caller, issueWish(sub.id));
    assert.ok(at.audited.some(({ what, id }) => what === 'authority certificate' && id === sub.id));
  });
  it('takes one without a chain where none is demanded', async () => {
    await install({ chain: undefined, demandsChain: false });
    assert.deepEqual((await findAuthority(at, caller, sub.id)).certificate?.chain, []);
  });
  it('names the issuer when this house signed it, with its path length', async () => {
    const root = await aRoot(at, caller);
    const profile = authorityProfile({ pathLength: 2 });
    const serial = await issueCertificate(at, caller, issueWish(root.id, { profile, csr: sub.csr }));
    const row = await at.store.issued.get(caller.account, serial);
    const pem = (der: Uint8Array | undefined) => Buffer.from(writePem('CERTIFICATE', der ?? new Uint8Array()));
    await install({ certificate: pem(row?.der), chain: pem(root.certificate?.der) });
    const { certificate } = await findAuthority(at, caller, sub.id);
    assert.deepEqual([certificate?.issuer, certificate?.pathLength], [root.id, 2]);
  });
  it('puts a newer one in force of an active authority, and leaves a disabled one disabled', async () => {
    await install();
    await install({ certificate: below({ serial: 7n }), from: ['active'] });
    assert.equal((await findAuthority(at, caller, sub.id)).certificate?.serial, '07');
    await updateAuthority(at, caller, { id: sub.id, from: ['active'], state: 'disabled' });
    await install({ certificate: below({ serial: 8n }), from: ['disabled'] });
    const { state, certificate } = await findAuthority(at, caller, sub.id);
    assert.deepEqual([state.kind, certificate?.serial], ['disabled', '08']);
  });
  it('brings an expired authority back', async () => {
    await install({ certificate: below({ to: 1 }) });
    at.clock.advance(2 * day);
    await rejectsWith(issueCertificate(at, caller, issueWish(sub.id, { term: term('days', 1) })), 'wrong-state');
    await install({ from: ['expired'] });
    await issueCertificate(at, caller, issueWish(sub.id, { term: term('days', 1) }));
  });

  describe('is refused, and nothing changes:', () => {
    type Expected = Parameters<typeof rejectsWith> extends [unknown, ...infer Rest] ? Rest : never;
    async function refused(wish: Partial<InstallWish>, ...expected: Expected): Promise<void> {
      await rejectsWith(install(wish), ...expected);
      const { state, version } = await findAuthority(at, caller, sub.id);
      assert.deepEqual([state.kind, version], ['pending', 1]);
    }
    const certificateThat = (reason: string) => ['invalid', { what: 'certificate', reason }] as const;
    const chainThat = (reason: string) => ['invalid', { what: 'chain', reason }] as const;

    it('for no authority, another account’s, another region’s', async () => {
      await refused({ id: noSuch.authority }, 'not-found', { what: 'authority' });
      await refused({ id: (await pendingOne(at, await at.newcomer())).id }, 'not-found', { what: 'authority' });
      await refused({ region: region('eu-west-1') }, 'not-found', { what: 'authority' });
    });
    it('in a state that is not wanted', () => refused({ from: ['active'] }, 'wrong-state', { reason: 'pending' }));
    it('what is no PEM, and a chain that is none', async () => {
      await refused({ certificate: Buffer.from('no PEM') }, 'malformed', { what: 'certificate' });
      await refused({ chain: Buffer.from('no PEM') }, 'malformed', { what: 'chain' });
    });
    it('for another key: the one of a stranger’s authority too', async () => {
      await refused({ certificate: below({ publicKey: undefined, key: newKey() }) }, 'mismatch', { reason: 'key' });
    });
    it('without critical CA:TRUE: RFC 5280 §4.2.1.9', async () => {
      await refused({ certificate: below({ isAuthority: false }) }, ...certificateThat('basic-constraints'));
      await refused({ certificate: below({ isCritical: false }) }, ...certificateThat('basic-constraints'));
    });
    it('without keyCertSign: RFC 5280 §4.2.1.3', async () => {
      await refused({ certificate: below({ keyUsages: ['cRLSign'] }) }, ...certificateThat('key-usage'));
      await refused({ certificate: below({ keyUsages: undefined }) }, ...certificateThat('key-usage'));
    });
    it('ended, or not begun', async () => {
      await refused({ certificate: below({ to: -1 }) }, ...certificateThat('expired'));
      const from = Math.ceil(at.clock.now() / day - Date.UTC(2026, 2, 1, 12) / day + 1);
      await refused({ certificate: below({ from }) }, ...certificateThat('not-yet-valid'));
    });
    it('a subordinate’s without a chain, where one is demanded', () =>
      refused({ chain: undefined }, ...chainThat('missing')));
    it('with the chain of another issuer, or one that only bears its name', async () => {
      await refused({ chain: Buffer.from(unrelated.certificate) }, ...chainThat('chain-order'));
      const namesake = foreign({ subject: 'CN=Elsewhere Root', isAuthority: true, keyUsages });
      await refused({ chain: Buffer.from(namesake.certificate) }, ...chainThat('chain-signature'));
    });
    it('with a chain that stops below the root, where one is demanded', async () => {
      const middle = foreign({ subject: 'CN=Middle', isAuthority: true, keyUsages, issuer: elsewhere });
      const wish = { certificate: below({ issuer: middle }), chain: Buffer.from(middle.certificate) };
      await refused(wish, ...chainThat('chain-incomplete'));
      await install({ ...wish, demandsChain: false });
    });
    it('with a chain that holds no authority, or an ended one', async () => {
      const leaf = foreign({ subject: 'CN=Leaf' });
      const below_ = (issuer: typeof leaf) => ({
        certificate: below({ issuer }),
        chain: Buffer.from(issuer.certificate),
      });
      await refused(below_(leaf), ...chainThat('not-a-ca'));
      await refused(
        below_(foreign({ subject: 'CN=Old', isAuthority: true, keyUsages, to: -1 })),
        ...chainThat('expired'),
      );
    });
    it('with a chain that follows to an unrelated certificate', () =>
      refused({ chain: Buffer.concat([chain, Buffer.from(unrelated.certificate)]) }, 'invalid', { what: 'chain' }));
    it('outside the names that its issuer may certify: RFC 5280 §4.2.1.10', async () => {
      const narrow = foreign({ subject: 'CN=Narrow', isAuthority: true, keyUsages, permitted: ['example.com'] });
      const wish = {
        certificate: below({ issuer: narrow, names: ['other.test'] }),
        chain: Buffer.from(narrow.certificate),
      };
      await refused(wish, 'invalid', { reason: 'name-constraints' });
    });
  });

  describe('of a root', () => {
    beforeEach(async () => {
      sub = await pendingOne(at, caller);
    });
    const own = async () => {
      const profile = authorityProfile({ isSelfSigned: true });
      const serial = await issueCertificate(at, caller, issueWish(sub.id, { profile, csr: sub.csr }));
      const row = await at.store.issued.get(caller.account, serial);
      return Buffer.from(writePem('CERTIFICATE', row?.der ?? new Uint8Array()));
    };
    it('takes what it signed itself', async () => {
      await install({ certificate: await own(), chain: undefined });
      assert.equal((await findAuthority(at, caller, sub.id)).certificate?.issuer, sub.id);
    });
    it('refuses a chain, and a certificate that another signed', async () => {
      await rejectsWith(install({ certificate: await own() }), 'invalid', { what: 'chain', reason: 'unexpected' });
      await rejectsWith(install({ chain: undefined }), 'invalid', { what: 'chain', reason: 'not-self-signed' });
      assert.equal((await findAuthority(at, caller, sub.id)).state.kind, 'pending');
    });
  });
});
