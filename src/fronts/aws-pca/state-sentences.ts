/** How operations word an authority in the wrong state; clients (Terraform) match on these sentences. */
import type { AuthorityArn } from '../../wire/aws-json/authority-arn.ts';
import { refusal } from '../../wire/refusal.ts';

/** Of the authority's signing request, and of its certificate: the service says the same of both. */
export const noSigningRequest = {
  'wrong-state': refusal<{ readonly CertificateAuthorityArn: AuthorityArn }>(
    'InvalidStateException',
    (_, { CertificateAuthorityArn: { text } }) =>
      `The certificate authority ${text} is not in the correct state to have a certificate signing request.`,
  ),
};

export const noIssuedCertificates = {
  'wrong-state': refusal<{ readonly CertificateAuthorityArn: AuthorityArn }>(
    'InvalidStateException',
    (_, { CertificateAuthorityArn: { text } }) =>
      `The certificate authority ${text} is not in the correct state to have issued certificates.`,
  ),
};

export const notIssuing = {
  'wrong-state': refusal(
    'InvalidStateException',
    'The certificate authority is not in a valid state for issuing certificates',
  ),
};

export const notUpdatable = {
  'wrong-state': refusal(
    'InvalidStateException',
    'The certificate authority must be in the ACTIVE or DISABLED state to be updated',
  ),
};

/** The sentences below are ours: the service's are not known. */
export const notDeletable = {
  'wrong-state': refusal(
    'InvalidStateException',
    'The certificate authority must be in the CREATING, PENDING_CERTIFICATE, DISABLED, EXPIRED or FAILED state to be deleted',
  ),
};

export const notRestorable = {
  'wrong-state': refusal(
    'InvalidStateException',
    'The certificate authority must be in the DELETED state to be restored',
  ),
};

export const notImporting = {
  'wrong-state': refusal(
    'InvalidStateException',
    'The certificate authority is not in a valid state for importing a certificate',
  ),
};

export const notRevoking = {
  'wrong-state': refusal(
    'InvalidStateException',
    'The certificate authority must be in the ACTIVE, DISABLED or EXPIRED state to revoke certificates',
  ),
};

export const notReporting = {
  'wrong-state': refusal(
    'InvalidStateException',
    'The certificate authority must be in the ACTIVE, DISABLED or EXPIRED state to create an audit report',
  ),
};
