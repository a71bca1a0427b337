/** Common names that are no UTF8String: where OpenSSL sees a host that the issuer may not name, so do we. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Fault } from '../../src/core/fault.ts';
import { signWith } from '../../src/x509/algorithms/signature.ts';
import { readCertificate } from '../../src/x509/certificate.ts';
import { signatureAlgorithmDer } from '../../src/x509/algorithms/signature-algorithm.ts';
import { readDer } from '../../src/x509/der/reader.ts';
import { bitString, sequence } from '../../src/x509/der/writer.ts';
import { nameConstraints } from '../../src/x509/extensions/name-constraints.ts';
import { prepare } from '../../src/x509/issuance/prepare.ts';
import { assertNameConstraints } from '../../src/x509/names/assert-name-constraints.ts';
import { writePem } from '../../src/x509/pem.ts';
import { needs, runProgram } from '../programs.ts';
import { aCsr, aKey, aRequest, aRoot, aSubordinate, fault, issue, named, now } from './an-authority.ts';

const folder = await mkdtemp(join(tmpdir(), 'chancery-names-'));
after(() => rm(folder, { recursive: true }));

const types = { utf8: 0x0c, numeric: 0x12, teletex: 0x14, utcTime: 0x17, general: 0x1b, graphic: 0x19 };
const inside = 'www.example.com';
const root = aRoot();
const limits = {
  permitted: { permitted: [{ kind: 'dns', value: 'example.com' }], excluded: [] },
  excluded: { permitted: [], excluded: [{ kind: 'dns', value: 'example.org' }] },
  directory: { permitted: [{ kind: 'directory', value: [[{ type: '2.5.4.6', value: 'AU' }]] }], excluded: [] },
} as const;
const issuers = Object.entries(limits).map(([name, limit]) => {
  const value = nameConstraints.encode(limit);
  return { limit, name, issuer: aSubordinate(root, 0, name, [{ oid: nameConstraints.oid, critical: true, value }]) };
});
const key = aKey();

/** A leaf whose common name has this type and text, of as many octets as `inside`, whatever we would say to it. */
function leafOf(issuer: (typeof issuers)[number]['issuer'], tag: number, text: string) {
  const { tbs } = prepare(
    aRequest(issuer, aCsr(key, named(inside))),
    crypto.getRandomValues(new Uint8Array(10)),
    issuer.key.spki,
  );
  const changed = Buffer.from(tbs);
  const at = changed.lastIndexOf(inside);
  changed.write(text, at, 'latin1');
  changed[at - 2] = tag;
  const signature = signWith('SHA256-ECDSA', issuer.key.privateKey, changed);
  return sequence(changed, signatureAlgorithmDer('SHA256-ECDSA'), bitString(signature));
}

function isAllowed(leaf: Uint8Array, limit: Parameters<typeof assertNameConstraints>[0]): boolean {
  try {
    assertNameConstraints(limit, readCertificate(leaf).subject, []);
    return true;
  } catch (cause) {
    assert.ok(cause instanceof Fault && cause.subject.reason === 'name-constraints');
    return false;
  }
}

describe('a common name under name constraints', () => {
  const texts = {
    'a host inside': inside,
    'a host outside': 'www.example.org',
    'one label': 'wwwzexamplezorg',
    'a leading blank': ' ww.example.org',
    words: 'The example org',
    'a NUL at its end': 'ww.example.org\0',
    'a NUL inside': 'ww\0.example.org',
  };
  it('is a host wherever OpenSSL takes it for one, in every string type, and for nobody else', async (t) => {
    const openssl = needs(t, 'openssl');
    if (openssl === undefined) return;
    const pem = async (name: string, der: Uint8Array) => {
      const path = join(folder, `${name}.pem`);
      await writeFile(path, writePem('CERTIFICATE', der));
      return path;
    };
    const ca = await pem('root', root.der);
    for (const { name, limit, issuer } of issuers) {
      const between = await pem(name, issuer.der);
      for (const [type, tag] of Object.entries(types)) {
        for (const [what, text] of Object.entries(texts)) {
          const leaf = leafOf(issuer, tag, text);
          const path = await pem('leaf', leaf);
          const { code } = await runProgram(openssl, [
            'verify',
            '-attime',
            String(now / 1000 + 60),
            '-CAfile',
            ca,
            '-untrusted',
            between,
            path,
          ]);
          // Nobody looks for a host where no constraint is about hosts.
          const expected = name === 'directory' || code === 0;
          assert.equal(isAllowed(leaf, limit), expected, `${name}: ${what} as ${type}`);
        }
      }
    }
  });

  it('is a host as a VisibleString too, which OpenSSL refuses whatever it says', () => {
    const [permitted] = issuers;
    assert.ok(permitted);
    assert.equal(isAllowed(leafOf(permitted.issuer, 0x1a, inside), permitted.limit), true);
    assert.equal(isAllowed(leafOf(permitted.issuer, 0x1a, 'www.example.org'), permitted.limit), false);
  });

  it('stops the certificate when it comes with a CSR', () => {
    const [permitted] = issuers;
    assert.ok(permitted);
    for (const tag of [types.numeric, types.general]) {
      const outer = readDer(aCsr(key, named('www.example.org'))).sequence();
      const info = Buffer.from(outer.element());
      info[info.lastIndexOf('www.example.org') - 2] = tag;
      const signature = bitString(signWith('SHA256-ECDSA', key.privateKey, info));
      const csr = sequence(info, signatureAlgorithmDer('SHA256-ECDSA'), signature);
      assert.throws(
        () => issue(aRequest(permitted.issuer, csr), permitted.issuer.key),
        fault('invalid', 'name-constraints'),
      );
    }
  });

  it('may look like DER and be a text: a number, a word', () => {
    for (const value of ['#1', '#12', '#1203', '#1b03616', '#café', '#']) {
      assertNameConstraints(limits.permitted, [[{ type: '2.5.4.3', value }]], []);
    }
  });

  it('and an e-mail address in the subject that nobody can read are refused where addresses are limited', () => {
    const constraint = { permitted: [], excluded: [{ kind: 'email', value: 'example.org' }] } as const;
    const address = (text: string) => [[{ type: '1.2.840.113549.1.9.1', value: text }]];
    const hidden = (tag: string) => `#${tag}0d${Buffer.from('a@example.org').toString('hex')}`;
    assertNameConstraints(constraint, address('a@example.com'), []);
    for (const value of ['a@example.org', hidden('12'), hidden('1b')]) {
      assert.throws(() => assertNameConstraints(constraint, address(value), []), fault('invalid', 'name-constraints'));
    }
  });
});
