import { shape } from '../../wire/aws-json/shapes.ts';
import { certificateArnMember } from './arns.ts';
import { findHere, may, operation, unknownCertificate } from './operation.ts';
import { viewDetail } from './views.ts';

/** A certificate as it stands now. API page DescribeCertificate. */
export const describeCertificate = operation({
  name: 'DescribeCertificate',
  input: shape({ CertificateArn: certificateArnMember }),
  action: may('read', 'DescribeCertificate'),
  run: ({ CertificateArn }, scene) => findHere(scene, CertificateArn),
  view: (certificate, _, { services }) => ({ Certificate: viewDetail(certificate, services.now()) }),
  faults: unknownCertificate,
});
