import { shape } from '../../wire/huawei-rest/shapes.ts';
import { findOwnAuthority } from './find-own-authority.ts';
import { caId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';

/** Lets a disabled authority issue again. CCM API Reference, EnableCertificateAuthority. */
export const enableCertificateAuthority = operation({
  name: 'EnableCertificateAuthority',
  method: 'POST',
  path: '/v1/private-certificate-authorities/{ca_id}/enable',
  status: 204,
  input: shape({ ca_id: caId }),
  action: ({ ca_id }, caller) => onCa('pca:ca:enable', 'write', caller, ca_id),
  run: async ({ ca_id }, { services, caller }) => {
    const { id } = await findOwnAuthority(services, caller, ca_id);
    await services.updateAuthority(caller, { id, from: ['disabled'], state: 'active' });
  },
  view: () => undefined,
});
