import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { IssuanceRequest } from '../../src/core/issuance.ts';
import type { GeneralName } from '../../src/core/name.ts';
import { utf8String } from '../../src/x509/der/writer.ts';
import { isSameOctets } from '../../src/x509/der/octets.ts';
import { readCertificate } from '../../src/x509/certificate.ts';
import { basicConstraints } from '../../src/x509/extensions/basic-constraints.ts';
import { authorityKeyIdentifier } from '../../src/x509/extensions/authority-key-identifier.ts';
import { decodeExtension } from '../../src/x509/extensions/extension.ts';
import { keyUsage } from '../../src/x509/extensions/key-usage.ts';
import { type Subtree, nameConstraints } from '../../src/x509/extensions/name-constraints.ts';
import { subjectKeyIdentifier } from '../../src/x509/extensions/subject-key-identifier.ts';
import { prepare } from '../../src/x509/issuance/prepare.ts';
import { lint } from '../../src/x509/issuance/lint.ts';
import { signPrepared } from '../../src/x509/issuance/seal.ts';
import { oids } from '../../src/x509/oids.ts';
import {
  aCsr,
  aKey,
  aRequest,
  aRoot,
  aSubordinate,
  authorityProfile,
  day,
  fault,
  issue,
  leafProfile,
  named,
  now,
} from './an-authority.ts';

const root = aRoot();
const host: GeneralName = { kind: 'dns', value: 'host.example.com' };
const leafKey = aKey();
const csr = aCsr(leafKey, named('host'), [host]);
const leaf = (changes: Partial<IssuanceRequest> = {}, from = root) =>
  readCertificate(issue(aRequest(from, csr, changes), from.key).der);
const refuses = (changes: Partial<IssuanceRequest>, kind: string, reason?: string, from = root) =>
  assert.throws(() => leaf(changes, from), fault(kind, reason));
const withNames = (...names: GeneralName[]) =>
  ({ subject: { from: 'csr', csr: aCsr(leafKey, named('host'), names) } }) as const;

describe('a certificate', () => {
  it("names its issuer by the issuer's subject octets and key identifier (RFC 5280 §4.1.2.4, §4.2.1.1)", () => {
    const certificate = leaf();
    const issuer = readCertificate(root.der);
    assert.ok(isSameOctets(certificate.issuerDer, issuer.subjectDer));
    assert.deepEqual(
      decodeExtension(certificate.extensions, authorityKeyIdentifier)?.keyIdentifier,
      decodeExtension(issuer.extensions, subjectKeyIdentifier),
    );
  });

  it('has whole seconds, whatever the request has (RFC 5280 §4.1.2.5)', () => {
    const { validity } = leaf({ validity: { notBefore: now + 999, notAfter: now + day + 1 } });
    assert.deepEqual(validity, { notBefore: now, notAfter: now + day });
  });

  it('ends no later than its issuer, and begins before it ends', () => {
    refuses({ validity: { notBefore: now, notAfter: now + 3651 * day } }, 'invalid', 'beyond-issuer');
    refuses({ validity: { notBefore: now, notAfter: now } }, 'invalid', 'order');
  });

  it('has a critical alternative name exactly when the subject is empty, and one of both (RFC 5280 §4.2.1.6)', () => {
    const nameless = { subject: { from: 'csr', csr: aCsr(leafKey, [], [host]) } } as const;
    const critical = ({ extensions }: ReturnType<typeof leaf>) =>
      extensions.find(({ oid }) => oid === oids.subjectAltName)?.critical;
    assert.equal(critical(leaf(nameless)), true);
    assert.equal(critical(leaf()), false);
    refuses({ subject: { from: 'csr', csr: aCsr(leafKey, []) } }, 'invalid', 'no-name');
  });

  it('takes nothing from the CSR that its profile does not ask for', () => {
    const wish = { oid: basicConstraints.oid, critical: true, value: basicConstraints.encode({ isAuthority: true }) };
    const subject = { from: 'csr', csr: aCsr(leafKey, named('host'), [host], [wish]) } as const;
    assert.equal(leaf({ subject }).basicConstraints?.isAuthority, false);
  });

  it('of a leaf never has keyCertSign: refused from a profile, taken away from a CSR (RFC 5280 §4.2.1.9)', () => {
    const value = ['digitalSignature', 'keyCertSign'] as const;
    refuses(
      { profile: { ...leafProfile, keyUsage: { from: 'profile', value, critical: true } } },
      'invalid',
      'ca-key-usage',
    );
    const wish = { oid: keyUsage.oid, critical: true, value: keyUsage.encode(value) };
    const subject = { from: 'csr', csr: aCsr(leafKey, named('host'), [host], [wish]) } as const;
    assert.deepEqual(leaf({ subject, profile: { ...leafProfile, keyUsage: { from: 'csr' } } }).keyUsage, [
      'digitalSignature',
    ]);
  });

  it('of an authority has keyCertSign and a path length below its issuer’s (RFC 5280 §4.2.1.3, §4.2.1.9)', () => {
    const subordinate = aSubordinate(root, 1);
    const profile = (pathLength?: number) => ({ profile: authorityProfile(pathLength, false) });
    assert.equal(leaf(profile(0), subordinate).basicConstraints?.pathLength, 0);
    refuses(profile(1), 'invalid', 'path-length', subordinate);
    refuses(profile(), 'invalid', 'path-length', subordinate);
    refuses(profile(0), 'invalid', 'path-length', aSubordinate(root, 0));
    refuses({ profile: { ...authorityProfile(0), keyUsage: { from: 'none' } } }, 'invalid', 'ca-key-usage');
  });

  it('is signed only by an authority, with its own key', () => {
    const notAuthority = { ...root, der: issue(aRequest(root, csr), root.key).der, key: leafKey };
    refuses({}, 'invalid', 'not-a-ca', notAuthority);
    refuses({}, 'mismatch', undefined, { ...root, key: aKey() });
    refuses({ signatureAlgorithm: 'SHA256-RSA' }, 'mismatch');
  });

  it('under a root profile is only for the key that signs', () => {
    refuses({ profile: authorityProfile() }, 'mismatch', 'not-own-key');
  });

  it('does not repeat what the profile decides in an extension of the caller’s own', () => {
    const custom = {
      oid: oids.basicConstraints,
      critical: true,
      value: basicConstraints.encode({ isAuthority: true }),
    };
    refuses({ profile: { ...leafProfile, customExtensions: [custom] } }, 'invalid', 'duplicate-extension');
  });

  it('carries no extension of a standard whose value is not DER; a private one holds what its owner says', () => {
    const withValue = (oid: string) => {
      const customExtensions = [{ oid, critical: false, value: Uint8Array.of(0x30, 0x80, 0, 0) }];
      return { profile: { ...leafProfile, customExtensions } };
    };
    refuses(withValue('2.5.29.16'), 'invalid', 'lint');
    refuses(withValue('1.3.6.1.5.5.7.1.3'), 'invalid', 'lint');
    assert.equal(leaf(withValue('1.2.3.4')).extensions.at(-1)?.oid, '1.2.3.4');
  });

  it('is signed once for one preparation, and with exactly the octets that were linted', () => {
    const prepared = prepare(aRequest(root, csr), randomBytes(10), root.key.spki);
    const signed = signPrepared(prepared, (_, octets) => octets.slice(0, 8));
    assert.ok(isSameOctets(readCertificate(signed.der).tbs, prepared.tbs));
    assert.throws(() => signPrepared(prepared, () => new Uint8Array(8)), /twice/);
  });
});

describe('alternative names', () => {
  const bad: readonly GeneralName[] = [
    { kind: 'dns', value: 'a\u0000.example.com' },
    { kind: 'dns', value: 'a\nb.example.com' },
    { kind: 'dns', value: 'a b.example.com' },
    { kind: 'dns', value: '10.0.0.1' },
    { kind: 'dns', value: 'example.com.' },
    { kind: 'dns', value: '*' },
    { kind: 'dns', value: 'a.*.example.com' },
    { kind: 'dns', value: 'a*.example.com' },
    { kind: 'dns', value: `${'a'.repeat(64)}.example.com` },
    { kind: 'dns', value: 'a.com, DNS:evil.example.com' }, // the text injection of CVE-2021-44532
    { kind: 'email', value: 'nobody' },
    { kind: 'email', value: 'a@[\0]' },
    { kind: 'uri', value: 'no scheme' },
  ];
  for (const name of bad) {
    it(`refuse ${name.kind} ${JSON.stringify('value' in name && name.value)}`, () =>
      refuses(withNames(name), 'invalid', 'identifier'));
  }

  it('stay one name each when their text would look like several', () => {
    const names: readonly GeneralName[] = [{ kind: 'uri', value: 'http://a.example/,DNS:evil.example' }, host];
    assert.deepEqual(leaf(withNames(...names)).subjectAltNames, names);
  });
});

describe('name constraints of the issuer (RFC 5280 §4.2.1.10)', () => {
  const permitted: readonly Subtree[] = [
    { kind: 'dns', value: 'example.com' },
    { kind: 'email', value: 'example.com' },
    { kind: 'uri', value: '.example.com' },
    { kind: 'ip', range: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) },
    { kind: 'directory', value: [[{ type: '2.5.4.6', value: 'AU' }]] },
  ];
  const value = nameConstraints.encode({ permitted, excluded: [{ kind: 'dns', value: 'secret.example.com' }] });
  const constrained = aSubordinate(root, 0, 'constrained', [{ oid: nameConstraints.oid, critical: true, value }]);
  const allowed: readonly GeneralName[] = [
    host,
    { kind: 'email', value: 'a@example.com' },
    { kind: 'uri', value: 'https://a.example.com:8443/x' },
    { kind: 'ip', value: '10.1.2.3' },
  ];
  const denied: readonly GeneralName[] = [
    { kind: 'dns', value: 'example.org' },
    { kind: 'dns', value: 'notexample.com' },
    { kind: 'dns', value: 'a.secret.example.com' },
    { kind: 'dns', value: '*.example.com' },
    { kind: 'email', value: 'a@mail.example.com' },
    { kind: 'uri', value: 'https://example.org/' },
    { kind: 'uri', value: 'https://10.0.0.1/' },
    { kind: 'ip', value: '11.0.0.1' },
    { kind: 'directory', value: [[{ type: '2.5.4.6', value: 'NZ' }]] },
  ];
  it('let through what is permitted', () =>
    assert.equal(leaf(withNames(...allowed), constrained).subjectAltNames.length, 4));
  for (const name of denied) {
    it(`stop ${name.kind} ${JSON.stringify('value' in name && name.value)}`, () =>
      refuses(withNames(name), 'invalid', 'name-constraints', constrained));
  }
  it('stop a subject outside and a common name that is a host outside', () => {
    const subject = (name: Parameters<typeof aCsr>[1]) =>
      ({ subject: { from: 'csr', csr: aCsr(leafKey, name) } }) as const;
    refuses(subject([[{ type: '2.5.4.6', value: 'NZ' }]]), 'invalid', 'name-constraints', constrained);
    refuses(subject(named('www.example.org')), 'invalid', 'name-constraints', constrained);
    refuses(subject(named('www.example.org.')), 'invalid', 'name-constraints', constrained);
  });

  it('stop each common name that is a host outside, not only the first', () => {
    const name = [...named('www.example.com'), [{ type: '2.5.4.3', value: 'www.example.org' }]];
    refuses({ subject: { from: 'csr', csr: aCsr(leafKey, name) } }, 'invalid', 'name-constraints', constrained);
  });

  it('stop an internationalised mailbox outside (RFC 9598 §6)', () => {
    const mailbox = (address: string) =>
      withNames(host, { kind: 'other', type: '1.3.6.1.5.5.7.8.9', value: utf8String(address) });
    assert.equal(leaf(mailbox('\u00fc@example.com'), constrained).subjectAltNames.length, 2);
    refuses(mailbox('\u00fc@example.org'), 'invalid', 'name-constraints', constrained);
  });

  it('stop a URI whose host may be read in two ways, and know a host with a dot at its end', () => {
    const below = { kind: 'uri', value: 'example.com' } as const;
    const wide = nameConstraints.encode({ permitted: [], excluded: [below] });
    const excluding = aSubordinate(root, 0, 'excluding', [{ oid: nameConstraints.oid, critical: true, value: wide }]);
    for (const authority of ['example.com.', 'example%2ecom', 'a@b@example.com', 'EXAMPLE.com:443', 'a@example.com']) {
      const uri = withNames({ kind: 'uri', value: `https://${authority}/` });
      refuses(uri, 'invalid', 'name-constraints', excluding);
    }
  });
});

it('the lint names the broken rule and its clause when octets were changed on the way', () => {
  const { tbs } = prepare(aRequest(root, csr), randomBytes(10), root.key.spki);
  const changed = tbs.slice();
  const at = Buffer.from(tbs).indexOf('301e170d', 'hex') + 2; // the first time of the validity
  changed.set([0x39, 0x39], at + 2); // begins in 1999: still fine
  lint(changed, issuerView());
  changed.set([0x34, 0x39], at + 2); // begins in 2049
  assert.throws(() => lint(changed, issuerView()), /begins before it ends.*RFC 5280 §4\.1\.2\.5/);
  assert.throws(() => lint(tbs, undefined), /self-signed certificate has its own or none \(RFC 5280 §4\.2\.1\.1\)/);
});

it('the lint refuses a key usage with trailing zero bits (X.690 §11.2.2)', () => {
  const { tbs } = prepare(aRequest(root, csr), randomBytes(10), root.key.spki);
  const changed = tbs.slice();
  const at = Buffer.from(tbs).indexOf('030205a0', 'hex'); // digitalSignature and keyEncipherment
  changed[at + 2] = 4;
  assert.throws(() => lint(changed, issuerView()), /end with the last one/);
});

function issuerView() {
  const certificate = readCertificate(root.der);
  const keyIdentifier = decodeExtension(certificate.extensions, subjectKeyIdentifier) ?? new Uint8Array();
  return { certificate, keyIdentifier, authorityKeyIdentifierDer: new Uint8Array(), nameConstraints: [] };
}
