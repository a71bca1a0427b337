/** Bad input at a running server: a clear error in the sender's form, nothing lost, and the server still serves. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { attributeTypes } from '../../src/core/name.ts';
import * as der from '../../src/x509/der/writer.ts';
import { writeExtension } from '../../src/x509/extensions/extension.ts';
import { subjectAltName } from '../../src/x509/extensions/subject-alt-name.ts';
import { writeName } from '../../src/x509/names/write-name.ts';
import { writePem } from '../../src/x509/pem.ts';
import { makeCsr } from '../../scripts/make-csr.ts';
import { assertException, type AwsAnswer, ok } from '../fronts/aws-call.ts';
import { ask, assertRefused } from '../fronts/huawei-call.ts';
import { anAuthority, aPendingAuthority, base64, issueLive, liveCalls } from '../live-calls.ts';
import { serverForTests } from '../running-server.ts';

const vector = (name: string) => readFileSync(join(import.meta.dirname, '../vectors/csr', name), 'utf8');

describe('a running server, given bad input,', async () => {
  const server = await serverForTests();
  const live = liveCalls(server);
  const root = await anAuthority(live);

  afterEach(async () => {
    await issueLive(live, root, makeCsr('still.serving').csr);
    assert.equal(server.logged().match(/"level":(50|60)/g), null, server.logged());
  });

  const issue = (csr: string | Uint8Array, more: object = {}): Promise<AwsAnswer> =>
    live.pca('IssueCertificate', {
      CertificateAuthorityArn: root.arn,
      Csr: Buffer.from(csr).toString('base64'),
      SigningAlgorithm: 'SHA256WITHECDSA',
      Validity: { Type: 'DAYS', Value: 1 },
      ...more,
    });

  it('refuses JSON that is malformed, of a wrong kind, repeated, or nested 100,000 deep', async () => {
    for (const body of [
      '{',
      '[]',
      '"x"',
      'null',
      '{"MaxResults":1e400}',
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    ]) {
      const answer = await live.pca('ListCertificateAuthorities', body);
      assert.equal(answer.status, 400, JSON.stringify(body.slice(0, 20)));
      assert.match(answer.body.__type, /^(SerializationException|ValidationException)$/, body.slice(0, 20));
      const huawei = await raw(
        `POST /v1/private-certificates HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      assert.match(huawei, /^HTTP\/1\.1 40[01] [^]*"error_code"/);
    }
  });

  it('names every violation of a request in one message', async () => {
    assertException(
      await live.pca('IssueCertificate', {
        CertificateAuthorityArn: 'x',
        Csr: '',
        SigningAlgorithm: 'MD5',
        Validity: { Type: 'DAYS', Value: 0 },
      }),
      'ValidationException',
      /^\d validation errors detected: .*csr.*; .*/i,
    );
    assertException(await live.pca('ListTags', { CertificateAuthorityArn: 5 }), 'SerializationException');
  });

  it('refuses a body over its limit before it has come, and a body cut off', async () => {
    const head = (length: number) =>
      `POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: ACMPrivateCA.ListTags\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: ${length}\r\n\r\n`;
    assert.match(await raw(head(1e9)), /^HTTP\/1\.1 4\d\d [^]*"__type"/);
    await raw(`${head(1000)}{"Certificate`, true);
    const cut = connect(server.port, '127.0.0.1');
    cut.write(`${head(1000)}{"Certificate`);
    await once(cut, 'connect');
    cut.destroy();
  });

  it('refuses heads that are broken, huge, or smuggle a second request', async () => {
    for (const text of [
      'GARBAGE\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: h\r\nX-Big: ${'x'.repeat(40_000)}\r\n\r\n`,
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: h\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n',
    ]) {
      const answer = await raw(text);
      assert.match(answer, /^HTTP\/1\.1 4\d\d /, text.slice(0, 30));
      assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1);
    }
  });

  it('lets slow heads wait without holding up others, and ends them', { timeout: 40_000 }, async () => {
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      socket.write('POST / HTTP/1.1\r\nHost: h\r\nX-Slow');
      return once(socket, 'close');
    });
    for (let i = 0; i < 5; i++) await issueLive(live, root, makeCsr('meanwhile.test').csr);
    await Promise.all(slow);
  });

  it('refuses broken PEM, trailing octets, BER, and lengths that lie', async () => {
    const good = Buffer.from(makeCsr('good.test').csr.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    const pem = (octets: Uint8Array) => writePem('CERTIFICATE REQUEST', octets);
    const indefinite = Buffer.concat([
      Buffer.from([0x30, 0x80]),
      good.subarray(good[1] === 0x82 ? 4 : 3),
      Buffer.from([0, 0]),
    ]);
    for (const csr of [
      'no PEM at all',
      makeCsr('x.test').csr.replace('-----END', '-----ENDE'),
      pem(Buffer.concat([good, Buffer.from([0])])),
      pem(indefinite),
      pem(Buffer.from('3084ffffffff0000', 'hex')),
      pem(Buffer.from('308900ffffffffffffffff', 'hex')),
      pem(Buffer.concat(Array.from({ length: 3000 }, () => Buffer.from('3082ff00', 'hex')))),
      pem(good.subarray(0, -1)),
      `${makeCsr('x.test').csr}${makeCsr('y.test').csr}`,
    ])
      assertException(await issue(csr), 'MalformedCSRException');
  });

  it('refuses a CSR with a wrong signature, a weak key, or no name', async () => {
    for (const name of ['broken-signature.pem', 'rsa1024.pem', 'nameless.pem']) {
      const answer = await issue(vector(name));
      assert.equal(answer.status, 400, name);
      assert.match(answer.body.__type, /^(MalformedCSR|InvalidArgs|Validation)Exception$/, name);
    }
    ok(await issue(vector('asks-for-ca.pem')));
  });

  it('answers a CSR with 10,000 names in time, whichever way it decides', async () => {
    const answer = await issue(crowdedCsr(10_000));
    assert.ok([200, 400].includes(answer.status), answer.text);
    const hundred = await issue(crowdedCsr(100));
    assert.ok([200, 400].includes(hundred.status), hundred.text);
  });

  it('refuses keys that do not match, chains out of order, and a passphrase of three bytes', async () => {
    const leaf = makeCsr('mine.test');
    const { certificate, chain } = await issueLive(live, root, leaf.csr);
    const member = { Certificate: base64(certificate) };
    assertException(
      await live.acm('ImportCertificate', { ...member, PrivateKey: base64(makeCsr('other').key) }),
      'ValidationException',
    );
    const imported = { ...member, PrivateKey: base64(leaf.key) };
    const disordered = base64(`${certificate}\n${chain}`);
    assertException(
      await live.acm('ImportCertificate', { ...imported, CertificateChain: disordered }),
      'ValidationException',
    );
    const { CertificateArn: arn } = ok(
      await live.acm('ImportCertificate', { ...imported, CertificateChain: base64(chain ?? '') }),
    );
    assertException(
      await live.acm('ExportCertificate', { CertificateArn: arn, Passphrase: base64('abc') }),
      'ValidationException',
      /passphrase/,
    );
    ok(await live.acm('DeleteCertificate', { CertificateArn: arn }));
  });

  it('refuses a validity past the authority’s, an unknown id, and another account’s id', async () => {
    assertException(
      await issue(makeCsr('long.test').csr, { Validity: { Type: 'DAYS', Value: 4000 } }),
      'ValidationException',
    );
    const [absent, foreign] = [
      root.arn.replace(root.id, crypto.randomUUID()),
      root.arn.replace(server.account, '999999999999'),
    ];
    assertException(
      await live.pca('DescribeCertificateAuthority', { CertificateAuthorityArn: absent }),
      'ResourceNotFoundException',
    );
    assertException(
      await live.pca('DescribeCertificateAuthority', { CertificateAuthorityArn: foreign }),
      'AccessDeniedException',
    );
    const pending = await aPendingAuthority(live, 'ROOT');
    assertException(
      await live.pca('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: pending }),
      'InvalidStateException',
    );
    assertRefused(
      await ask(live.target, 'GET', `/v1/private-certificate-authorities/${crypto.randomUUID()}`),
      400,
      'PCA.10010002',
      /./,
    );
  });

  it('refuses a stale date, a wrong secret, an unknown key and an unsigned header', async () => {
    const { target } = live;
    const stale = { ...target, clock: { now: () => Date.now() - 20 * 60_000 } };
    const { awsCaller } = await import('../fronts/aws-call.ts');
    const service = { signingName: 'acm-pca', targetPrefix: 'ACMPrivateCA' };
    assertException(
      await awsCaller(stale, service)('ListCertificateAuthorities'),
      'InvalidSignatureException',
      /^Signature expired: /,
    );
    const wrong = liveCalls(server, { id: server.key.id, secret: 'not the secret of that key' });
    assertException(await wrong.pca('ListCertificateAuthorities'), 'InvalidSignatureException');
    const nobody = liveCalls(server, { id: 'AKIANOBODYNOBODY0000', secret: 'whatever' });
    assertException(await nobody.pca('ListCertificateAuthorities'), 'UnrecognizedClientException');
    const unsigned = await raw(
      'POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: ACMPrivateCA.ListTags\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
    );
    assert.match(unsigned, /^HTTP\/1\.1 400 [^]*MissingAuthenticationToken/);
    assertRefused(await ask(stale, 'GET', '/v1/private-certificates'), 401, 'APIGW.0301', /./);
  });

  /** Writes octets and gives all that comes back until the server closes. */
  async function raw(text: string, thenEnd = false): Promise<string> {
    const socket = connect(server.port, '127.0.0.1');
    let received = '';
    socket.on('data', (part) => (received += part.toString()));
    socket.on('error', () => {});
    socket.write(text);
    if (thenEnd) socket.end();
    await once(socket, 'close');
    return received;
  }
});

/** A well-formed CSR with so many DNS names. */
function crowdedCsr(count: number): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const names = Array.from({ length: count }, (_, i) => ({ kind: 'dns' as const, value: `n${i}.test` }));
  const extension = { oid: subjectAltName.oid, critical: false, value: subjectAltName.encode(names) };
  const info = der.sequence(
    der.integer(0),
    writeName([[{ type: attributeTypes.CN, value: 'crowd.test' }]]),
    publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(0, der.sequence(der.oid('1.2.840.113549.1.9.14'), der.set(der.sequence(writeExtension(extension))))),
  );
  const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
  return writePem(
    'CERTIFICATE REQUEST',
    der.sequence(info, algorithm, der.bitString(sign('sha256', info, privateKey))),
  );
}
