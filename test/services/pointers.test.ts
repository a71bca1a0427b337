import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { AuthorityCertificate, RevocationSettings } from '../../src/core/authority.ts';
import { authorityId } from '../../src/core/ids.ts';
import { makeSerialNumber } from '../../src/core/serial-number.ts';
import { profileNamed } from '../../src/fronts/aws-pca/templates.ts';
import { assertLevels } from '../../src/services/authority-levels.ts';
import { partitionOf, publishingUnder } from '../../src/services/pointers.ts';
import { rejectsWith } from './expect-fault.ts';

const id = authorityId('0b0d4a2e-31a5-4b52-9f5e-0d5c2f3a9b10');
const now = Date.UTC(2026, 2, 1, 12);
const pointers = (revocation?: RevocationSettings) =>
  publishingUnder(() => 'http://pki.test').pointersOf({ id, ...(revocation && { revocation }) }, now);
const crl = (settings: NonNullable<RevocationSettings['crl']>) => pointers({ crl: settings }).crl;

describe('the URLs in certificates', () => {
  it('lie under our own address: the issuer always, CRL and OCSP where they are on', () => {
    const caIssuers = [`http://pki.test/authorities/${id}.cer`];
    assert.deepEqual(pointers(), { caIssuers, ocsp: [], crl: [] });
    assert.deepEqual(pointers({}), { caIssuers, ocsp: [], crl: [] });
    assert.deepEqual(pointers({ crl: { kind: 'complete' }, ocsp: {} }), {
      caIssuers,
      ocsp: ['http://pki.test/ocsp'],
      crl: [`http://pki.test/crl/${id}.crl`],
    });
  });

  it('lie under a host of the authority’s own as AWS documents it, with its path', () => {
    assert.deepEqual(crl({ kind: 'complete', host: 'crl.example' }), [`http://crl.example/crl/${id}.crl`]);
    assert.deepEqual(crl({ kind: 'complete', host: 'crl.example', path: 'a/b' }), [`http://crl.example/a/b/${id}.crl`]);
    assert.deepEqual(crl({ kind: 'complete', host: 'crl.example', path: '/' }), [`http://crl.example/${id}.crl`]);
    assert.deepEqual(pointers({ ocsp: { host: 'ocsp.example' } }).ocsp, ['http://ocsp.example']);
  });

  it('never follow a chosen path under our own address, where it could cover another’s', () => {
    assert.deepEqual(crl({ kind: 'complete', path: 'authorities' }), [`http://pki.test/crl/${id}.crl`]);
  });

  it('leave out a CRL that certificates do not name', () => {
    assert.deepEqual(crl({ kind: 'complete', isUnnamed: true }), []);
  });

  it('name the partition of the moment: one for each beginning of serial numbers, another for each authority', () => {
    const partition = partitionOf(id, now);
    assert.match(partition, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(crl({ kind: 'partitioned' }), [`http://pki.test/crl/${id}/${partition}.crl`]);
    assert.deepEqual(crl({ kind: 'partitioned', host: 'c.example' }), [`http://c.example/crl/${partition}.crl`]);
    const serial = makeSerialNumber(now, randomBytes(10));
    assert.equal(partition.slice(1, 8), serial.slice(0, 7));
    const start = Number(BigInt(`0x${serial.slice(0, 12)}`) & ~0xfffffn) % 2 ** 46;
    assert.equal(partitionOf(id, start), partition);
    assert.equal(partitionOf(id, start + 2 ** 20 - 1), partition);
    assert.notEqual(partitionOf(id, start - 1), partition);
    assert.notEqual(partitionOf(id, start + 2 ** 20), partition);
    assert.notEqual(partitionOf(authorityId('0b0d4a2e-31a5-4b52-9f5e-0d5c2f3a9b11'), now).slice(9), partition.slice(9));
  });
});

describe('the levels of a chain of authorities', () => {
  const issuer = (above: number): AuthorityCertificate => ({
    der: new Uint8Array(),
    chain: Array.from({ length: above }, () => new Uint8Array()),
    serial: '01',
    validity: { notBefore: 0, notAfter: now },
    subject: [],
  });

  it('are five for the templates of AWS, the root included', async () => {
    const subordinate = profileNamed('SubordinateCACertificate_PathLen0/V1');
    for (const above of [0, 3]) assertLevels(subordinate, issuer(above));
    await rejectsWith((async () => assertLevels(subordinate, issuer(4)))(), 'invalid', {
      what: 'path length',
      reason: 'levels',
    });
    assertLevels(profileNamed('EndEntityCertificate/V1'), issuer(9));
    const { mostLevels: _, ...unlimited } = subordinate;
    assertLevels(unlimited, issuer(9));
  });
});
