import { shape } from '../../wire/huawei-rest/shapes.ts';
import { certificateView } from './certificate-view.ts';
import { findCertificate } from './find-certificate.ts';
import { certificateIdOfPath } from './ids.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';

/** One private certificate. CCM API Reference, ShowCertificate. */
export const showCertificate = operation({
  name: 'ShowCertificate',
  method: 'GET',
  path: '/v1/private-certificates/{certificate_id}',
  input: shape({ certificate_id: certificateIdOfPath }),
  action: ({ certificate_id }, caller) => onCertificate('pca:cert:get', 'read', caller, certificate_id),
  run: ({ certificate_id }, { services, caller }) => findCertificate(services, caller, certificate_id),
  view: (certificate, _, { services }) => certificateView(certificate, services.now()),
});
