import { shape } from '../../wire/huawei-rest/shapes.ts';
import { certificateId } from './ids.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';

/** At once, with its key. CCM API Reference, DeleteCertificate of SCM. */
export const deleteCertificate = operation({
  name: 'DeleteCertificate',
  method: 'DELETE',
  path: '/v3/scm/certificates/{certificate_id}',
  status: 204,
  input: shape({ certificate_id: certificateId }),
  action: ({ certificate_id }, caller) => onCertificate('scm:cert:delete', 'write', caller, certificate_id),
  run: async ({ certificate_id }, { services, caller }) => {
    const { id } = await services.findManagedCertificate(caller, { scm: certificate_id });
    await services.deleteManagedCertificate(caller, id);
  },
  view: () => undefined,
});
