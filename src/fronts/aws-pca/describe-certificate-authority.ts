import { shape } from '../../wire/aws-json/shapes.ts';
import { authorityArnMember } from './arns.ts';
import { findHere, mayShare, operation, unknownAuthority } from './operation.ts';
import { viewAuthority } from './views.ts';

/** An authority as it stands now, deleted ones included while they can be restored. */
export const describeCertificateAuthority = operation({
  name: 'DescribeCertificateAuthority',
  input: shape({ CertificateAuthorityArn: authorityArnMember }),
  action: mayShare('read', 'DescribeCertificateAuthority', 'see'),
  run: ({ CertificateAuthorityArn }, scene) => findHere(scene, CertificateAuthorityArn),
  view: (authority, _, { services }) => ({ CertificateAuthority: viewAuthority(authority, services.now()) }),
  faults: unknownAuthority,
});
