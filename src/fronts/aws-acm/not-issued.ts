/** How operations word a certificate that is not there to give out: yet, or ever. The sentences are ours. */
import { refusal } from '../../wire/refusal.ts';
import type { OnCertificate } from './operation.ts';

export const notIssued = {
  pending: refusal<OnCertificate>(
    'RequestInProgressException',
    (_, { CertificateArn: { text } }) => `The certificate ${text} has not been issued yet. Try again later.`,
  ),
  failed: refusal<OnCertificate>(
    'ValidationException',
    (_, { CertificateArn: { text } }) => `The certificate ${text} was not issued: its request has failed.`,
  ),
};
