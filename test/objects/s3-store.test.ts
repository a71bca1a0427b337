import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { Fault } from '../../src/core/fault.ts';
import { bucketName, objectKey } from '../../src/core/object.ts';
import { S3Store } from '../../src/objects/s3/s3-store.ts';
import { isFault } from '../contracts/store-under-test.ts';
import { needs } from '../programs.ts';
import { bodyOf, brokenBody } from './bodies.ts';
import { freePort, type S3Server, startS3 } from './s3-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'chancery-spool-'));
const limits = { silenceMs: 400, pauseMs: 1 };
const keys = { region: 'us-east-1', accessKeyId: 'KEY', secret: Buffer.from('the secret itself') };
const report = { contentType: 'text/csv', access: 'private' } as const;
const place = (bucket: string, key = 'audit-report/of/one.csv') => ({
  bucket: bucketName(bucket),
  key: objectKey(key),
});
let running: Promise<S3Server> | undefined;
after(async () => {
  await (await running)?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The real server, once for all tests; undefined, and the test is skipped, where it is not installed. */
async function real(t: TestContext): Promise<S3Server | undefined> {
  const versitygw = needs(t, 'versitygw');
  if (versitygw === undefined) return undefined;
  running ??= startS3(versitygw);
  return running;
}

const buckets = new Set(
  ['reports', 'characters', 'nowhere', 'locked', 'broken', 'bucket'].map((name) => bucketName(name)),
);
const storeOf = ({ url, region, administrator }: S3Server, more: object = {}) =>
  new S3Store({ url, region, buckets, ...administrator, ...more }, folder);

describe('objects in an S3-compatible service (versitygw)', () => {
  it('arrive octet by octet, also a large one and an empty one', async (t) => {
    const s3 = await real(t);
    if (s3 === undefined) return;
    const bucket = s3.bucket('reports');
    const parts = [randomBytes(3_000_000), randomBytes(1), randomBytes(2_000_000)];
    await storeOf(s3).checkBucket(bucketName('reports'));
    await storeOf(s3).put(place('reports'), { body: bodyOf(...parts), ...report });
    assert.deepEqual(readFileSync(join(bucket, 'audit-report/of/one.csv')), Buffer.concat(parts));
    await storeOf(s3).put(place('reports', 'empty.json'), { body: bodyOf(), ...report });
    assert.equal(readFileSync(join(bucket, 'empty.json')).length, 0);
  });

  it('may have every character of a key', async (t) => {
    const s3 = await real(t);
    if (s3 === undefined) return;
    const key = 'a!b/-_.c*(d)';
    const bucket = s3.bucket('characters');
    await storeOf(s3).put(place('characters', key), { body: bodyOf('x'), ...report });
    assert.equal(readFileSync(join(bucket, key), 'utf8'), 'x');
  });

  it('are refused where there is no such bucket', async (t) => {
    const s3 = await real(t);
    if (s3 === undefined) return;
    await assert.rejects(storeOf(s3).checkBucket(bucketName('nowhere')), isFault('not-found', 'bucket'));
    const put = storeOf(s3).put(place('nowhere'), { body: bodyOf('x'), ...report });
    await assert.rejects(put, /answered 404 \(NoSuchBucket\) for bucket nowhere/);
  });

  it('are refused where the key has no right, where the secret is wrong, and where the key is unknown', async (t) => {
    const s3 = await real(t);
    if (s3 === undefined) return;
    const bucket = s3.bucket('locked');
    const wrong = { ...s3.administrator, secret: Buffer.from('not-the-secret-of-anybody') };
    for (const credentials of [s3.stranger, wrong, { ...s3.stranger, accessKeyId: 'NOBODY' }]) {
      const store = storeOf(s3, credentials);
      await assert.rejects(store.checkBucket(bucketName('locked')), isFault('forbidden', 'bucket'));
      const put = store.put(place('locked'), { body: bodyOf('x'), ...report });
      await assert.rejects(put, (cause) => {
        assert.ok(cause instanceof Fault && cause.kind === 'forbidden');
        assert.match(cause.message, /answered 403 \((AccessDenied|SignatureDoesNotMatch|InvalidAccessKeyId)\)/);
        assert.ok(!cause.message.includes(Buffer.from(credentials.secret).toString()));
        return true;
      });
    }
    assert.deepEqual(readdirSync(bucket), []);
  });

  it('are not there at all when their body breaks off', async (t) => {
    const s3 = await real(t);
    if (s3 === undefined) return;
    const bucket = s3.bucket('broken');
    const put = storeOf(s3).put(place('broken'), { body: brokenBody(), ...report });
    await assert.rejects(put, /the source broke off/);
    assert.deepEqual(readdirSync(bucket), []);
  });

  it('leave nothing behind on this side', async (t) => {
    if ((await real(t)) === undefined) return;
    assert.deepEqual(existsSync(folder) ? readdirSync(folder) : [], []);
  });
});

describe('an endpoint that is not well', () => {
  const against = async (answer: RequestListener, use: (store: S3Store, seen: () => number) => Promise<void>) => {
    let seen = 0;
    const server = createServer((request, response) => {
      seen += 1;
      answer(request, response);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const store = new S3Store({ url: new URL(`http://127.0.0.1:${port}`), buckets, ...keys, limits }, folder);
    try {
      await use(store, () => seen);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
  const put = (store: S3Store) => store.put(place('bucket'), { body: bodyOf('x'.repeat(100)), ...report });

  it('that is down: the service is unavailable', async () => {
    const url = new URL(`http://127.0.0.1:${await freePort()}`);
    const store = new S3Store({ url, buckets, ...keys, limits }, folder);
    await assert.rejects(store.checkBucket(bucketName('bucket')), isFault('unavailable', 'bucket'));
    await assert.rejects(put(store), isFault('unavailable', 'bucket'));
  });

  it('that never answers: given up after its silence', async () => {
    await against(
      () => {},
      async (store) => {
        await assert.rejects(store.checkBucket(bucketName('bucket')), isFault('unavailable', 'bucket'));
      },
    );
  });

  it('that fails for a moment: asked again with the whole body, three times at most', async () => {
    const bodies: number[] = [];
    await against(
      (request, response) => {
        let size = 0;
        request.on('data', (part: Buffer) => (size += part.length));
        request.on('end', () => {
          bodies.push(size);
          response.writeHead(bodies.length < 3 ? 503 : 200).end();
        });
      },
      (store) => put(store),
    );
    assert.deepEqual(bodies, [100, 100, 100]);
    await against(
      (_request, response) => response.writeHead(500).end(),
      async (store, seen) => {
        await assert.rejects(put(store), isFault('unavailable', 'bucket'));
        assert.equal(seen(), 3);
      },
    );
  });

  it('that leads elsewhere is not followed', async () => {
    await against(
      (request, response) => {
        request.resume();
        response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end();
      },
      async (store, seen) => {
        await assert.rejects(store.checkBucket(bucketName('bucket')), /answered 307 .* which is a redirect/);
        assert.equal(seen(), 1);
      },
    );
  });

  it('is given up at once when the server stops', async () => {
    const patient = new AbortController();
    await against(
      () => patient.abort(),
      async (store, seen) => {
        const put = store.put(place('bucket'), { body: bodyOf('x'), ...report, signal: patient.signal });
        await assert.rejects(put, /the server stops/);
        assert.equal(seen(), 1);
      },
    );
  });

  it('is not asked for anything when the server has stopped while the body came', async () => {
    await against(
      () => {},
      async (store, seen) => {
        const put = store.put(place('bucket'), { body: bodyOf('x'), ...report, signal: AbortSignal.abort() });
        await assert.rejects(put, isFault('unavailable', 'bucket'));
        assert.equal(seen(), 0);
      },
    );
  });

  it('hears nothing of a bucket that the operator did not list', async () => {
    await against(
      (_request, response) => response.writeHead(200).end(),
      async (store, seen) => {
        const other = bucketName('of-the-operator');
        await assert.rejects(store.checkBucket(other), isFault('forbidden', 'bucket'));
        const put = store.put({ ...place('bucket'), bucket: other }, { body: bodyOf('x'), ...report });
        await assert.rejects(put, isFault('forbidden', 'bucket'));
        assert.equal(seen(), 0);
      },
    );
  });

  it('sees what was signed, and neither a body of unknown length nor an ACL that nobody asked for', async () => {
    await against(
      (request, response) => {
        const { headers } = request;
        const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split(';') ?? [];
        const sent = Object.keys(headers).filter((name) => !['authorization', 'connection'].includes(name));
        assert.deepEqual(signed, sent.sort());
        assert.equal(headers['content-length'], '100');
        assert.equal(headers['x-amz-acl'], undefined);
        request.resume().on('end', () => response.writeHead(200).end());
      },
      (store) => put(store),
    );
  });
});
