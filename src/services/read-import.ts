import { createPrivateKey } from 'node:crypto';
import { Fault } from '../core/fault.ts';
import type { EpochMs } from '../core/ids.ts';
import { readPrivateKey } from '../formats/private-key.ts';
import { type Certificate, readCertificatePem, readCertificatesPem } from '../x509/certificate.ts';
import { verifyChain } from '../x509/chain.ts';
import { isSameKey } from '../x509/public-key.ts';

export interface ImportedFiles {
  /** PEM. */
  readonly certificate: Uint8Array;
  /** PEM of PKCS#8, PKCS#1 or SEC1, not encrypted. */
  readonly privateKey: Uint8Array;
  /** PEM, issuer first; the root may be left out. */
  readonly chain?: Uint8Array;
  /** More than one certificate in `certificate`: refuse, or take the rest as the chain when none is given. */
  readonly several: 'refuse' | 'chain';
}

/**
 * What an import holds, checked as a whole: the key is the certificate's, the chain is in order and signs it, the
 * certificate is in force at `now`.
 *
 * Faults, each with `what` (`certificate`, `private key`, `chain`): `malformed` (reason `several`); `unsupported` algorithm;
 * `invalid` (reasons `encrypted`, `expired`, `not-yet-valid`, `no-issuer`, `version`); `mismatch` key; those of
 * `verifyChain`.
 */
export function readImport(
  files: ImportedFiles,
  now: EpochMs,
): { certificate: Uint8Array; chain: readonly Uint8Array[]; privateKey: Uint8Array } {
  const { certificate, chain } = readCertificates(files);
  const { pkcs8 } = readPrivateKey(files.privateKey);
  try {
    assertKey(certificate, pkcs8);
    assertInForce(certificate, now);
    if (certificate.version !== 3)
      throw refused('version', `the certificate is of version ${certificate.version}, expected 3`);
    if (certificate.issuer.length === 0) throw refused('no-issuer', 'the certificate has an empty issuer');
    if (chain.length > 0) verifyChain([certificate, ...chain], { at: now, endsInRoot: false });
    return { certificate: certificate.der, chain: chain.map(({ der }) => der), privateKey: pkcs8 };
  } catch (cause) {
    pkcs8.fill(0);
    throw cause;
  }
}

function readCertificates(files: ImportedFiles): { certificate: Certificate; chain: readonly Certificate[] } {
  const given = files.chain === undefined || files.chain.length === 0 ? undefined : readCertificatesPem(files.chain);
  if (files.several === 'refuse') {
    return { certificate: readCertificatePem(files.certificate), chain: given ?? [] };
  }
  const [certificate, ...rest] = readCertificatesPem(files.certificate, 'certificate');
  if (certificate === undefined)
    throw new Fault('malformed', 'there is no certificate', { what: 'certificate', reason: 'not-pem' });
  return { certificate, chain: given ?? rest };
}

function assertKey({ publicKey }: Certificate, pkcs8: Uint8Array): void {
  const key = createPrivateKey({
    key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length),
    format: 'der',
    type: 'pkcs8',
  });
  if (!isSameKey(publicKey, key)) {
    throw new Fault('mismatch', "the private key is not the certificate's", { what: 'private key', reason: 'key' });
  }
}

function assertInForce({ validity }: Certificate, now: EpochMs): void {
  if (validity.notAfter < now)
    throw refused('expired', `the certificate ended at ${new Date(validity.notAfter).toISOString()}`);
  if (validity.notBefore > now) {
    throw refused('not-yet-valid', `the certificate begins at ${new Date(validity.notBefore).toISOString()}`);
  }
}

function refused(reason: string, message: string): Fault {
  return new Fault('invalid', message, { what: 'certificate', reason });
}
