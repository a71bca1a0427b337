import { issuedBody } from '../../services/export-certificate.ts';
import { shape } from '../../wire/aws-json/shapes.ts';
import { certificateArnMember } from './arns.ts';
import { notIssued } from './not-issued.ts';
import { findHere, may, operation, unknownCertificate } from './operation.ts';
import { viewPem } from './views.ts';

/** A certificate and the chain above it; a self-signed one has no chain. API page GetCertificate. */
export const getCertificate = operation({
  name: 'GetCertificate',
  input: shape({ CertificateArn: certificateArnMember }),
  action: may('read', 'GetCertificate'),
  run: async ({ CertificateArn }, scene) => issuedBody(await findHere(scene, CertificateArn)),
  view: viewPem,
  faults: { ...unknownCertificate, ...notIssued },
});
