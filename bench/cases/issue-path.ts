/** The issue path alone, on one core: parse and check a P-256 CSR, lint, build, sign. No HTTP, no store. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { IssuanceRequest } from '../../src/core/issuance.ts';
import { keyId } from '../../src/core/ids.ts';
import { profileNamed } from '../../src/fronts/aws-pca/templates.ts';
import { authorityProfile } from '../../src/services/authority-profile.ts';
import { randomOctets } from '../../src/workers/random-octets.ts';
import { signWith } from '../../src/x509/algorithms/signature.ts';
import { prepare } from '../../src/x509/issuance/prepare.ts';
import { signPrepared } from '../../src/x509/issuance/seal.ts';
import { csrFor } from '../../scripts/make-csr.ts';
import { csrs } from '../authorities.ts';
import type { Figure } from '../figure.ts';
import { p256Now } from '../limits.ts';
import { medianRound } from '../rounds.ts';

export async function issuePath(seconds: number): Promise<Figure> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const now = Date.now();
  const root: IssuanceRequest = {
    issuer: { key: keyId('00000000-0000-4000-8000-000000000000'), certificate: 'self' },
    subject: { from: 'csr', csr: Buffer.from(csrFor('Bench Root', createPublicKey(privateKey), privateKey)) },
    profile: { ...authorityProfile({ name: 'root', keyUsages: ['keyCertSign', 'cRLSign'] }), isSelfSigned: true },
    signatureAlgorithm: 'SHA256-ECDSA',
    validity: { notBefore: now - 3_600_000, notAfter: now + 3650 * 86_400_000 },
    now,
    pointers: { caIssuers: [], ocsp: [], crl: [] },
  };
  const issue = (request: IssuanceRequest) =>
    signPrepared(prepare(request, randomOctets(10), spki), (algorithm, octets) =>
      signWith(algorithm, privateKey, octets),
    );
  const certificate = issue(root).der;
  const profile = profileNamed('EndEntityCertificate/V1');
  const requests = csrs(1000).map(
    (csr): IssuanceRequest => ({
      ...root,
      issuer: { ...root.issuer, certificate },
      subject: { from: 'csr', csr: Buffer.from(csr) },
      profile,
      validity: { notBefore: now - 3_600_000, notAfter: now + 90 * 86_400_000 },
      pointers: { ...root.pointers, caIssuers: ['http://127.0.0.1:8600/authorities/x.cer'] },
    }),
  );
  run(issue, requests, warmupSeconds); // a server's steady state: the compiler has done its work
  const { value, limit } = await medianRound(
    () => p256Now(1),
    async () => {
      const rate = run(issue, requests, seconds);
      return { result: undefined, value: rate };
    },
  );
  return {
    name: 'issue path alone, P-256, one core',
    value,
    unit: '/s',
    limit: { of: 'OpenSSL sign + verify, one core', value: limit },
    goal: 'at least 0.5, aim 0.65',
  };
}

const warmupSeconds = 4;

function run(
  issue: (request: IssuanceRequest) => unknown,
  requests: readonly IssuanceRequest[],
  seconds: number,
): number {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    for (const request of requests.slice(0, 100)) issue(request);
    count += 100;
  }
  return (count * 1000) / (performance.now() - start);
}
