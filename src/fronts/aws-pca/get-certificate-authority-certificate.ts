import { Fault } from '../../core/fault.ts';
import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { findHere, mayShare, operation, unknownAuthority } from './operation.ts';
import { noSigningRequest } from './state-sentences.ts';
import { pem, pemChain } from './views.ts';

/** The authority's certificate in force, and for a subordinate the chain above it with the root last. */
export const getCertificateAuthorityCertificate = operation({
  name: 'GetCertificateAuthorityCertificate',
  input: shape({ CertificateAuthorityArn: authorityArnMember }),
  action: mayShare('read', 'GetCertificateAuthorityCertificate', 'see'),
  run: async ({ CertificateAuthorityArn }, scene) => {
    const { state, certificate } = await findHere(scene, CertificateAuthorityArn);
    if (certificate === undefined || state.kind === 'deleted') {
      throw new Fault('wrong-state', `the authority is ${state.kind}`);
    }
    return certificate;
  },
  view: ({ der, chain }) => ({ Certificate: pem('CERTIFICATE', der), CertificateChain: pemChain(chain) }),
  faults: { ...unknownAuthority, ...noSigningRequest },
});
