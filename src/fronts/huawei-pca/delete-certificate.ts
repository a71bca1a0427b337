import { shape } from '../../wire/huawei-rest/shapes.ts';
import { findCertificate } from './find-certificate.ts';
import { certificateIdOfPath } from './ids.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';

/** At once, also an expired one; what the authority issued stays on its record. CCM API Reference, DeleteCertificate. */
export const deleteCertificate = operation({
  name: 'DeleteCertificate',
  method: 'DELETE',
  path: '/v1/private-certificates/{certificate_id}',
  status: 204,
  input: shape({ certificate_id: certificateIdOfPath }),
  action: ({ certificate_id }, caller) => onCertificate('pca:cert:delete', 'write', caller, certificate_id),
  run: async ({ certificate_id }, { services, caller }) => {
    const { kind, certificate } = await findCertificate(services, caller, certificate_id);
    if (kind === 'held') await services.deleteManagedCertificate(caller, certificate.id);
    else await services.hideIssuedCertificate(caller, certificate.serial);
  },
  view: () => undefined,
});
