import { Fault } from '../../core/fault.ts';
import { shape } from '../../wire/aws-json/shapes.ts';
import { refusal } from '../../wire/refusal.ts';
import { authorityArnMember } from './arns.ts';
import { findHere, may, operation, unknownAuthority } from './operation.ts';
import { noSigningRequest } from './state-sentences.ts';
import { pem } from './views.ts';

/** The signing request of an authority's own key, PEM; RequestInProgressException while it is being created. */
export const getCertificateAuthorityCsr = operation({
  name: 'GetCertificateAuthorityCsr',
  input: shape({ CertificateAuthorityArn: authorityArnMember }),
  action: may('read', 'GetCertificateAuthorityCsr'),
  run: async ({ CertificateAuthorityArn }, scene) => {
    const { state, csr } = await findHere(scene, CertificateAuthorityArn);
    if (state.kind === 'creating') throw new Fault('pending', 'the authority is being created');
    if (state.kind === 'failed') throw new Fault('failed', 'the authority could not be created');
    if (state.kind === 'deleted') throw new Fault('wrong-state', 'the authority is deleted');
    return csr;
  },
  view: (csr) => ({ Csr: pem('CERTIFICATE REQUEST', csr) }),
  faults: {
    ...unknownAuthority,
    ...noSigningRequest,
    failed: refusal('RequestFailedException', 'The request to create the certificate authority has failed.'),
    pending: refusal('RequestInProgressException', 'The request to create the certificate authority is in progress.'),
  },
});
