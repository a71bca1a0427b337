import { blob, optional, shape } from '../../wire/aws-json/shapes.ts';
import { refusal, Refusal } from '../../wire/refusal.ts';
import type { Fault } from '../../core/fault.ts';
import { authorityArnMember } from './arns.ts';
import { assertCriticalExtensions, mayBeCritical } from './critical-extensions.ts';
import { findHere, may, operation, unknownAuthority } from './operation.ts';
import { isCrlEnabled } from './revocation-configuration.ts';
import { notImporting } from './state-sentences.ts';

/**
 * Puts the authority's certificate in force, signed here or elsewhere: a root's alone, a subordinate's with its chain.
 * An authority that waits for it becomes ACTIVE; one that has a certificate gets a newer one for the same key.
 */
export const importCertificateAuthorityCertificate = operation({
  name: 'ImportCertificateAuthorityCertificate',
  input: shape({
    CertificateAuthorityArn: authorityArnMember,
    Certificate: blob({ min: 1, max: 32_768 }),
    CertificateChain: optional(blob({ min: 0, max: 2_097_152 })),
  }),
  action: may('write', 'ImportCertificateAuthorityCertificate'),
  run: async ({ CertificateAuthorityArn, Certificate, CertificateChain }, scene) => {
    const { id, region } = await findHere(scene, CertificateAuthorityArn);
    assertCriticalExtensions(Certificate, CertificateChain);
    await scene.services.installAuthorityCertificate(scene.caller, {
      id,
      region,
      certificate: Certificate,
      chain: CertificateChain,
      from: ['pending', 'active', 'disabled', 'expired'],
      demandsChain: true,
      levels: 5,
      mayBeCritical,
      signsCrl: ({ vendor }) => isCrlEnabled(vendor.aws?.revocationConfiguration),
    });
  },
  view: () => undefined,
  faults: {
    ...unknownAuthority,
    ...notImporting,
    malformed: refusal('MalformedCertificateException'),
    unsupported: refusal('MalformedCertificateException'),
    limit: refusal('MalformedCertificateException'),
    mismatch: refusal('CertificateMismatchException'),
    invalid: (fault) => new Refusal(codeOf(fault), fault.message),
  },
});

/** Which of the operation's exceptions a certificate or chain that breaks a rule ends in. */
function codeOf({ subject: { what, reason } }: Fault): string {
  if (reason === 'no-crl-sign') return 'InvalidRequestException';
  if (what === 'name constraints') return 'CertificateMismatchException';
  if (what !== 'chain' || reason === 'unknown-critical') return 'MalformedCertificateException';
  return prohibited.has(reason ?? '') ? 'InvalidRequestException' : 'CertificateMismatchException';
}

/** What does not belong to the authority's type; the rest of a chain breaks a condition of who signed below. */
const prohibited: ReadonlySet<string> = new Set([
  'missing',
  'unexpected',
  'self-signed',
  'not-self-signed',
  'contains-itself',
  'levels',
]);
