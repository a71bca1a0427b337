import { shape } from '../../wire/huawei-rest/shapes.ts';
import { findOwnAuthority } from './find-own-authority.ts';
import { caId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';

/** Takes a scheduled deletion back; the authority is disabled then. CCM API Reference, RestoreCertificateAuthority. */
export const restoreCertificateAuthority = operation({
  name: 'RestoreCertificateAuthority',
  method: 'POST',
  path: '/v1/private-certificate-authorities/{ca_id}/restore',
  status: 204,
  input: shape({ ca_id: caId }),
  action: ({ ca_id }, caller) => onCa('pca:ca:restore', 'write', caller, ca_id),
  run: async ({ ca_id }, { services, caller }) => {
    const { id } = await findOwnAuthority(services, caller, ca_id);
    await services.restoreAuthority(caller, { id });
  },
  view: () => undefined,
});
