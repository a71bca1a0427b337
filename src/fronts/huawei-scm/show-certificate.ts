import { shape } from '../../wire/huawei-rest/shapes.ts';
import { detailView } from './certificate-view.ts';
import { certificateId } from './ids.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';

/** One imported certificate. CCM API Reference, ShowCertificate of SCM. */
export const showCertificate = operation({
  name: 'ShowCertificate',
  method: 'GET',
  path: '/v3/scm/certificates/{certificate_id}',
  input: shape({ certificate_id: certificateId }),
  action: ({ certificate_id }, caller) => onCertificate('scm:cert:get', 'read', caller, certificate_id),
  run: ({ certificate_id }, { services, caller }) => services.findManagedCertificate(caller, { scm: certificate_id }),
  view: (certificate, _, { services }) => detailView(certificate, services.now()),
});
