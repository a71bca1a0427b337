import { shape } from '../../wire/huawei-rest/shapes.ts';
import { findOwnAuthority } from './find-own-authority.ts';
import { caId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';

/** Stops an authority from issuing. CCM API Reference, DisableCertificateAuthority. */
export const disableCertificateAuthority = operation({
  name: 'DisableCertificateAuthority',
  method: 'POST',
  path: '/v1/private-certificate-authorities/{ca_id}/disable',
  status: 204,
  input: shape({ ca_id: caId }),
  action: ({ ca_id }, caller) => onCa('pca:ca:disable', 'write', caller, ca_id),
  run: async ({ ca_id }, { services, caller }) => {
    const { id } = await findOwnAuthority(services, caller, ca_id);
    await services.updateAuthority(caller, { id, from: ['active', 'expired'], state: 'disabled' });
  },
  view: () => undefined,
});
