import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { BadConfiguration } from '../../src/app/bad-configuration.ts';
import { type Config, readConfig } from '../../src/app/config.ts';
import { readEnvironment } from '../../src/app/env.ts';

const files = ['/keys/master', '/keys/phrase', '/tls/cert.pem', '/tls/key.pem'];

function configOf(given: Record<string, string | undefined> = {}): Config {
  return readConfig(readEnvironment(given), {
    cwd: '/srv',
    hostName: 'ca-host',
    look: (path) => (files.includes(path) ? 'file' : undefined),
  });
}

/** Asserts that the start stops with one sentence that names the variable and matches. */
function refuses(given: Record<string, string | undefined>, variable: string, sentence: RegExp = /./): void {
  assert.throws(
    () => configOf(given),
    (error) => {
      assert.ok(error instanceof BadConfiguration, inspect(error));
      assert.ok(error.message.includes(variable), error.message);
      assert.ok(!error.message.includes('\n'), error.message);
      assert.match(error.message, sentence);
      return true;
    },
  );
}

const tls = { CHANCERY_TLS_CERT_FILE: '/tls/cert.pem', CHANCERY_TLS_KEY_FILE: '/tls/key.pem' };

describe('the configuration', () => {
  it('has a default for everything', () => {
    assert.deepEqual(configOf(), {
      home: '/srv/chancery-data',
      listen: { host: '127.0.0.1', port: 8600 },
      database: { kind: 'sqlite', file: '/srv/chancery-data/chancery.db' },
      masterKey: { kind: 'key-file', file: '/srv/chancery-data/master.key', isDefault: true },
      region: 'us-east-1',
      pace: 'prompt',
      limits: 'none',
      logLevel: 'info',
      hostName: 'ca-host',
    });
  });

  it('takes an empty variable as absent', () => {
    assert.deepEqual(configOf({ CHANCERY_LISTEN: '', CHANCERY_HOME: '', CHANCERY_TLS_CERT_FILE: '' }), configOf());
  });

  it('ignores what is not its own', () => {
    assert.deepEqual(
      configOf({ PATH: '/bin', CHANCERY_TEST_PYTHON: 'python3', CHANCERY_SERVICE_HOST: '10.0.0.1' }),
      configOf(),
    );
    const kubernetes = { CHANCERY_PORT: 'tcp://10.0.0.1:80', CHANCERY_PORT_80_TCP_ADDR: '10.0.0.1' };
    assert.deepEqual(configOf(kubernetes), configOf());
  });

  it('refuses an unknown variable and suggests the nearest', () => {
    refuses({ CHANCERY_LISTN: 'x' }, 'CHANCERY_LISTN', /did you mean CHANCERY_LISTEN\?/);
    refuses({ CHANCERY_TLS_CERT: 'x' }, 'CHANCERY_TLS_CERT', /did you mean CHANCERY_TLS_CERT_FILE\?/);
    refuses({ CHANCERY_SOMETHING_ELSE_ENTIRELY: '' }, 'CHANCERY_SOMETHING_ELSE_ENTIRELY', /--help/);
  });

  describe('CHANCERY_HOME', () => {
    it('counts from the current folder', () => assert.equal(configOf({ CHANCERY_HOME: 'd' }).home, '/srv/d'));
    it('refuses a file', () => refuses({ CHANCERY_HOME: '/keys/master' }, 'CHANCERY_HOME', /is a file/));
  });

  describe('CHANCERY_LISTEN', () => {
    it('takes port 0, names and bracketed IPv6', () => {
      const listenOf = (text: string) => configOf({ CHANCERY_LISTEN: text, CHANCERY_ALLOW_PLAINTEXT: 'yes' }).listen;
      assert.deepEqual(listenOf('127.0.0.1:0'), { host: '127.0.0.1', port: 0 });
      assert.deepEqual(listenOf('[::1]:65535'), { host: '::1', port: 65535 });
      assert.deepEqual(listenOf('ca.example.com:443'), { host: 'ca.example.com', port: 443 });
    });

    for (const bad of [
      '8600',
      ':8600',
      'localhost',
      '127.0.0.1:65536',
      '127.0.0.1:-1',
      '::1:80',
      '[127.0.0.1]:80',
      '127.0.0:80',
      'a b:80',
      'http://localhost:8600',
      '127.0.0.1:0x50',
      '127.0.0.1: 80',
    ]) {
      it(`refuses ${JSON.stringify(bad)}`, () => refuses({ CHANCERY_LISTEN: bad }, 'CHANCERY_LISTEN', /host:port/));
    }

    it('needs TLS or CHANCERY_ALLOW_PLAINTEXT=yes outside of loopback', () => {
      for (const open of ['0.0.0.0:8600', '[::]:8600', '192.0.2.1:0', 'ca.example.com:8600', '[::ffff:192.0.2.1]:80']) {
        refuses({ CHANCERY_LISTEN: open }, 'CHANCERY_ALLOW_PLAINTEXT', /not loopback/);
        refuses({ CHANCERY_LISTEN: open, CHANCERY_ALLOW_PLAINTEXT: 'no' }, 'CHANCERY_LISTEN');
        configOf({ CHANCERY_LISTEN: open, CHANCERY_ALLOW_PLAINTEXT: 'yes' });
        configOf({ CHANCERY_LISTEN: open, ...tls });
      }
      for (const closed of ['127.0.0.1:1', '127.8.9.10:1', '[::1]:1', 'localhost:1'])
        configOf({ CHANCERY_LISTEN: closed });
    });
  });

  it('takes yes or no for CHANCERY_ALLOW_PLAINTEXT and nothing that looks like it', () => {
    for (const bad of ['true', '1', 'YES', 'y']) {
      refuses({ CHANCERY_ALLOW_PLAINTEXT: bad }, 'CHANCERY_ALLOW_PLAINTEXT', /expected yes or no/);
    }
  });

  describe('CHANCERY_DATABASE_URL', () => {
    const databaseOf = (text: string) => configOf({ CHANCERY_DATABASE_URL: text }).database;

    it('names a file', () => {
      assert.deepEqual(databaseOf('sqlite:x.db'), { kind: 'sqlite', file: '/srv/x.db' });
      assert.deepEqual(databaseOf('sqlite:/v/x.db'), { kind: 'sqlite', file: '/v/x.db' });
      assert.deepEqual(databaseOf('sqlite:///v/x.db'), { kind: 'sqlite', file: '/v/x.db' });
    });

    it('names a PostgreSQL whose password is never printed', () => {
      const url = 'postgres://ca:s3cret@db.example.com:5433/chancery?sslmode=require';
      const database = databaseOf(url);
      assert.ok(database.kind === 'postgres');
      assert.equal(database.url.reveal(), url);
      assert.equal(database.shown, 'postgres://db.example.com:5433/chancery');
      assert.ok(!(JSON.stringify(database) + inspect(database) + String(database.url)).includes('s3cret'));
    });

    it('refuses anything else without repeating it', () => {
      const urls = [
        'sqlite:',
        'sqlite::memory:',
        'sqlite://host/x',
        'mysql://u:s3cret@h/d',
        's3cret',
        'postgres://u:s3cret@h',
      ];
      for (const bad of urls) refuses({ CHANCERY_DATABASE_URL: bad }, 'CHANCERY_DATABASE_URL', /^(?!.*s3cret)/);
    });
  });

  it('CHANCERY_ACCOUNT_ID has 12 digits and is not the reserved one', () => {
    assert.equal(configOf({ CHANCERY_ACCOUNT_ID: '123456789012' }).account, '123456789012');
    for (const bad of ['12345678901', '1234567890123', '12345678901x', '000000000000']) {
      refuses({ CHANCERY_ACCOUNT_ID: bad }, 'CHANCERY_ACCOUNT_ID');
    }
  });

  describe('the access key', () => {
    const id = 'CHANCERYTESTKEY00001';
    const secret = 'a+secret/of+forty+characters/0123456789A';

    it('comes as a pair, and its secret is never printed', () => {
      const config = configOf({ CHANCERY_ACCESS_KEY_ID: id, CHANCERY_SECRET_ACCESS_KEY: secret });
      assert.equal(config.accessKey?.id, id);
      assert.deepEqual(config.accessKey?.secret.reveal(), new TextEncoder().encode(secret));
      const printed =
        JSON.stringify(config) + inspect(config, { depth: 9, showHidden: true }) + String(config.accessKey?.secret);
      assert.ok(!printed.includes(secret));
      assert.ok(!printed.includes(String(secret.charCodeAt(0))), 'not as numbers either');
    });

    it('refuses one without the other', () => {
      refuses({ CHANCERY_ACCESS_KEY_ID: id }, 'CHANCERY_SECRET_ACCESS_KEY', /both or neither/);
      refuses({ CHANCERY_SECRET_ACCESS_KEY: secret }, 'CHANCERY_ACCESS_KEY_ID', /^(?!.*forty).*both or neither/);
    });

    it('refuses a bad id, and a bad secret without repeating it', () => {
      for (const bad of ['short', 'with spaces in the id', 'x'.repeat(129)]) {
        refuses(
          { CHANCERY_ACCESS_KEY_ID: bad, CHANCERY_SECRET_ACCESS_KEY: secret },
          'CHANCERY_ACCESS_KEY_ID',
          /16 to 128/,
        );
      }
      for (const bad of ['short-forty', `${secret} `, `${secret}é`, `${secret}\n`]) {
        const given = { CHANCERY_ACCESS_KEY_ID: id, CHANCERY_SECRET_ACCESS_KEY: bad };
        refuses(given, 'CHANCERY_SECRET_ACCESS_KEY', /^(?!.*forty)/);
      }
    });
  });

  describe('the master key', () => {
    it('is a key file or a passphrase file', () => {
      assert.deepEqual(configOf({ CHANCERY_MASTER_KEY_FILE: '/keys/master' }).masterKey, {
        kind: 'key-file',
        file: '/keys/master',
        isDefault: false,
      });
      assert.deepEqual(configOf({ CHANCERY_MASTER_PASSPHRASE_FILE: '../keys/phrase' }).masterKey, {
        kind: 'passphrase-file',
        file: '/keys/phrase',
      });
    });

    it('refuses both', () => {
      const both = { CHANCERY_MASTER_KEY_FILE: '/keys/master', CHANCERY_MASTER_PASSPHRASE_FILE: '/keys/phrase' };
      refuses(both, 'CHANCERY_MASTER_PASSPHRASE_FILE', /only one/);
    });

    it('refuses a file that is not there', () => {
      refuses({ CHANCERY_MASTER_KEY_FILE: '/none' }, 'CHANCERY_MASTER_KEY_FILE', /no file/);
      refuses({ CHANCERY_MASTER_PASSPHRASE_FILE: '/none' }, 'CHANCERY_MASTER_PASSPHRASE_FILE', /no file/);
    });
  });

  describe('TLS', () => {
    it('takes both files', () => {
      assert.deepEqual(configOf(tls).tls, { certFile: '/tls/cert.pem', keyFile: '/tls/key.pem' });
    });

    it('refuses one without the other, and files that are not there', () => {
      refuses({ CHANCERY_TLS_CERT_FILE: '/tls/cert.pem' }, 'CHANCERY_TLS_KEY_FILE', /both or neither/);
      refuses({ CHANCERY_TLS_KEY_FILE: '/tls/key.pem' }, 'CHANCERY_TLS_CERT_FILE', /both or neither/);
      refuses({ ...tls, CHANCERY_TLS_CERT_FILE: '/none' }, 'CHANCERY_TLS_CERT_FILE', /no file/);
      refuses({ ...tls, CHANCERY_TLS_KEY_FILE: '/none' }, 'CHANCERY_TLS_KEY_FILE', /no file/);
    });
  });

  describe('CHANCERY_PKI_LISTEN', () => {
    it('is the main listener without TLS and a loopback one with TLS', () => {
      assert.equal(configOf().pkiListen, undefined);
      assert.deepEqual(configOf(tls).pkiListen, { host: '127.0.0.1', port: 8601 });
    });

    it('may take any address, because what it serves is public', () => {
      assert.deepEqual(configOf({ CHANCERY_PKI_LISTEN: '0.0.0.0:80' }).pkiListen, { host: '0.0.0.0', port: 80 });
    });

    it('refuses what is no address, and the main one', () => {
      refuses({ CHANCERY_PKI_LISTEN: '80' }, 'CHANCERY_PKI_LISTEN', /host:port/);
      refuses({ CHANCERY_PKI_LISTEN: '127.0.0.1:8600' }, 'CHANCERY_PKI_LISTEN', /another port/);
    });
  });

  it('CHANCERY_PUBLIC_URL is http or https, without a path', () => {
    assert.equal(configOf({ CHANCERY_PUBLIC_URL: 'https://ca.example.com/' }).publicUrl, 'https://ca.example.com');
    for (const bad of [
      'ca.example.com',
      'ftp://ca',
      'https://u:p@ca',
      'https://ca/x',
      'https://ca?x',
      'https://ca/#',
    ]) {
      refuses({ CHANCERY_PUBLIC_URL: bad }, 'CHANCERY_PUBLIC_URL');
    }
  });

  it('CHANCERY_PKI_URL is plain http (RFC 5280 §8)', () => {
    assert.equal(configOf({ CHANCERY_PKI_URL: 'http://pki.example.com/x/' }).pkiUrl, 'http://pki.example.com/x');
    for (const bad of ['https://pki.example.com', 'pki.example.com', 'http://u@pki', 'http://pki/?']) {
      refuses({ CHANCERY_PKI_URL: bad }, 'CHANCERY_PKI_URL', /http:\/\/host/);
    }
  });

  it('CHANCERY_REGION looks like a region of either vendor', () => {
    assert.equal(configOf({ CHANCERY_REGION: 'cn-north-4' }).region, 'cn-north-4');
    for (const bad of ['Frankfurt', 'us_east_1', 'us-east-1/x']) refuses({ CHANCERY_REGION: bad }, 'CHANCERY_REGION');
  });

  it('CHANCERY_PACE is prompt unless it is aws', () => {
    assert.equal(configOf({}).pace, 'prompt');
    assert.equal(configOf({ CHANCERY_PACE: 'aws' }).pace, 'aws');
    assert.equal(configOf({ CHANCERY_LIMITS: 'aws' }).limits, 'aws');
    refuses({ CHANCERY_PACE: 'slow' }, 'CHANCERY_PACE', /expected prompt or aws$/);
  });

  it('CHANCERY_LOG_LEVEL is one of seven words', () => {
    assert.equal(configOf({ CHANCERY_LOG_LEVEL: 'silent' }).logLevel, 'silent');
    refuses({ CHANCERY_LOG_LEVEL: 'verbose' }, 'CHANCERY_LOG_LEVEL', /fatal or silent$/);
  });

  it('takes an S3-compatible service with its keys, and hides the secret', () => {
    const { objectStore } = configOf({ ...s3, CHANCERY_OBJECT_STORE_REGION: 'garage' });
    assert.deepEqual(
      [objectStore?.url, objectStore?.region, objectStore?.accessKeyId, String(objectStore?.secret)],
      ['https://s3.test:9000', 'garage', 'KEY', '[hidden]'],
    );
    assert.equal(configOf(s3).objectStore?.region, 'us-east-1');
    assert.deepEqual([...(objectStore?.buckets ?? [])], ['reports', 'more.reports']);
  });

  it('refuses half of an S3-compatible service, and what is none', () => {
    for (const url of [
      's3.test',
      'ftp://s3.test',
      'https://s3.test/bucket',
      'https://user:pass@s3.test',
      'https://s3.test?a',
    ]) {
      refuses({ ...s3, CHANCERY_OBJECT_STORE_URL: url }, 'CHANCERY_OBJECT_STORE_URL');
    }
    refuses({ ...s3, CHANCERY_OBJECT_STORE_ACCESS_KEY_ID: undefined }, 'CHANCERY_OBJECT_STORE_ACCESS_KEY_ID');
    refuses({ ...s3, CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY: undefined }, 'CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY');
    refuses({ ...s3, CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY: 'a b' }, 'CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY');
    refuses({ ...s3, CHANCERY_OBJECT_STORE_REGION: 'a/b' }, 'CHANCERY_OBJECT_STORE_REGION');
    refuses(
      { ...s3, CHANCERY_OBJECT_STORE_BUCKETS: undefined },
      'CHANCERY_OBJECT_STORE_BUCKETS',
      /as CHANCERY_OBJECT_STORE_URL is set/,
    );
    for (const buckets of ['*', 'a,', ',reports', 'reports other', 'reports,Reports', 'reports/a']) {
      refuses(
        { ...s3, CHANCERY_OBJECT_STORE_BUCKETS: buckets },
        'CHANCERY_OBJECT_STORE_BUCKETS',
        /a bucket name has 3 to 63/,
      );
    }
    for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'REGION', 'BUCKETS']) {
      refuses(
        { [`CHANCERY_OBJECT_STORE_${name}`]: 'given' },
        `CHANCERY_OBJECT_STORE_${name}`,
        /without CHANCERY_OBJECT_STORE_URL/,
      );
    }
  });
});

const s3 = {
  CHANCERY_OBJECT_STORE_URL: 'https://s3.test:9000/',
  CHANCERY_OBJECT_STORE_ACCESS_KEY_ID: 'KEY',
  CHANCERY_OBJECT_STORE_SECRET_ACCESS_KEY: 'the-secret-itself',
  CHANCERY_OBJECT_STORE_BUCKETS: 'reports, more.reports,reports',
};
