import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from '../../src/app/config.ts';
import { readEnvironment } from '../../src/app/env.ts';
import { pkiUrlOf, publicUrlOf } from '../../src/app/public-url.ts';

function configOf(given: Record<string, string>) {
  return readConfig(readEnvironment({ CHANCERY_HOME: 'd', ...given }), {
    cwd: '/srv',
    hostName: 'ca-host',
    look: (path) => (path.endsWith('.pem') ? 'file' : undefined),
  });
}
const tls = { CHANCERY_TLS_CERT_FILE: 'cert.pem', CHANCERY_TLS_KEY_FILE: 'key.pem' };

describe('the public URLs', () => {
  it('are the address that the main listener bound, whatever port it got', () => {
    const config = configOf({ CHANCERY_LISTEN: '127.0.0.1:0' });
    assert.equal(publicUrlOf(config, 40123), 'http://127.0.0.1:40123');
    assert.equal(pkiUrlOf(config, 40123), 'http://127.0.0.1:40123');
  });

  it('put brackets around IPv6', () => {
    assert.equal(publicUrlOf(configOf({ CHANCERY_LISTEN: '[::1]:80' }), 80), 'http://[::1]:80');
  });

  it('name the machine when a listener takes every address', () => {
    const config = configOf({ CHANCERY_LISTEN: '0.0.0.0:8600', CHANCERY_PKI_LISTEN: '[::]:80', ...tls });
    assert.equal(publicUrlOf(config, 8600), 'https://ca-host:8600');
    assert.equal(pkiUrlOf(config, 80), 'http://ca-host:80');
  });

  it('stay plain http for relying parties when the server has TLS (RFC 5280 §8)', () => {
    assert.equal(publicUrlOf(configOf(tls), 8600), 'https://127.0.0.1:8600');
    assert.equal(pkiUrlOf(configOf(tls), 8601), 'http://127.0.0.1:8601');
    assert.equal(
      pkiUrlOf(configOf({ ...tls, CHANCERY_PUBLIC_URL: 'https://ca.example.com' }), 8601),
      'http://ca.example.com:8601',
    );
  });

  it('follow CHANCERY_PUBLIC_URL for relying parties when that is plain http itself', () => {
    assert.equal(pkiUrlOf(configOf({ CHANCERY_PUBLIC_URL: 'http://ca.example.com' }), 8600), 'http://ca.example.com');
  });

  it('are what was given, before anything else', () => {
    const config = configOf({ CHANCERY_PUBLIC_URL: 'https://a.example', CHANCERY_PKI_URL: 'http://b.example/pki' });
    assert.equal(publicUrlOf(config, 1), 'https://a.example');
    assert.equal(pkiUrlOf(config, 2), 'http://b.example/pki');
  });
});
