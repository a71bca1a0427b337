import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyUsages } from '../../src/core/profile.ts';
import { readDer } from '../../src/x509/der/reader.ts';
import * as w from '../../src/x509/der/writer.ts';
import { authorityInformationAccess } from '../../src/x509/extensions/authority-information-access.ts';
import { authorityKeyIdentifier } from '../../src/x509/extensions/authority-key-identifier.ts';
import { basicConstraints } from '../../src/x509/extensions/basic-constraints.ts';
import { certificatePolicies } from '../../src/x509/extensions/certificate-policies.ts';
import { crlDistributionPoints } from '../../src/x509/extensions/crl-distribution-points.ts';
import { extendedKeyUsage } from '../../src/x509/extensions/extended-key-usage.ts';
import { type ExtensionKind, readExtensions, writeExtension } from '../../src/x509/extensions/extension.ts';
import { keyUsage } from '../../src/x509/extensions/key-usage.ts';
import { nameConstraints } from '../../src/x509/extensions/name-constraints.ts';
import { subjectKeyIdentifier } from '../../src/x509/extensions/subject-key-identifier.ts';
import { fault } from './an-authority.ts';

function comesBack<Value>(kind: ExtensionKind<Value>, ...values: readonly Value[]): void {
  it(`${kind.name} comes back as it was written (${kind.clause})`, () => {
    for (const value of values) {
      const reader = readDer(kind.encode(value));
      assert.deepEqual(kind.decode(reader), value);
      reader.finish();
    }
  });
}

describe('an extension', () => {
  comesBack(basicConstraints, { isAuthority: false }, { isAuthority: true }, { isAuthority: true, pathLength: 0 });
  comesBack(keyUsage, ...keyUsages.map((usage) => [usage]), keyUsages, ['digitalSignature', 'decipherOnly']);
  comesBack(extendedKeyUsage, ['1.3.6.1.5.5.7.3.1', '1.2.3']);
  comesBack(subjectKeyIdentifier, Uint8Array.of(1, 2));
  comesBack(authorityKeyIdentifier, {}, { keyIdentifier: Uint8Array.of(1, 2) });
  comesBack(crlDistributionPoints, ['http://a/1', 'http://a/2']);
  comesBack(authorityInformationAccess, { ocsp: ['http://a/o'], caIssuers: ['http://a/c'] });
  comesBack(certificatePolicies, [{ policy: '2.5.29.32.0', qualifiers: [] }]);
  comesBack(nameConstraints, {
    permitted: [{ kind: 'dns', value: 'example.com' }],
    excluded: [{ kind: 'ip', range: new Uint8Array(8) }],
  });

  it('comes at most once (RFC 5280 §4.2)', () => {
    const extension = writeExtension({
      oid: '2.5.29.15',
      critical: true,
      value: keyUsage.encode(['digitalSignature']),
    });
    const twice = w.sequence(extension, extension);
    assert.throws(() => readExtensions(readDer(twice)), fault('malformed', 'duplicate-extension'));
  });

  it('leaves FALSE out (X.690 §11.5)', () => {
    const octets = writeExtension({ oid: '1.2.3', critical: false, value: w.nullValue() });
    assert.equal(octets.toHex(), '300806022a0304020500');
  });

  it('key usage with trailing zero bits is read, because trusted roots have them; the lint refuses them in ours', () => {
    assert.deepEqual(keyUsage.decode(readDer(Uint8Array.fromHex('03020106'))), ['keyCertSign', 'cRLSign']);
    assert.deepEqual(keyUsage.decode(readDer(Uint8Array.fromHex('03020006'))), ['keyCertSign', 'cRLSign']);
    assert.throws(() => keyUsage.decode(readDer(Uint8Array.fromHex('030400060000'))), fault('malformed', 'der'));
  });

  it('that lists nothing where one is demanded is refused (RFC 5280 §4.2.1.12, §4.2.1.4)', () => {
    for (const kind of [extendedKeyUsage, certificatePolicies, crlDistributionPoints]) {
      assert.throws(() => kind.decode(readDer(w.sequence())), fault('malformed', 'der'));
    }
  });
});
