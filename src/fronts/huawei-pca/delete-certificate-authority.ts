import { inQuery, optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { findOwnAuthority } from './find-own-authority.ts';
import { caId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';
import { incorrect } from './refusals.ts';

/**
 * A pending authority is gone at once; a disabled or expired one is restorable for 7 to 30 days.
 * CCM API Reference, DeleteCertificateAuthority.
 */
export const deleteCertificateAuthority = operation({
  name: 'DeleteCertificateAuthority',
  method: 'DELETE',
  path: '/v1/private-certificate-authorities/{ca_id}',
  status: 204,
  input: shape({ ca_id: caId, pending_days: optional(inQuery(text())) }),
  action: ({ ca_id }, caller) => onCa('pca:ca:delete', 'write', caller, ca_id),
  run: async ({ ca_id, pending_days: days = '' }, { services, caller }) => {
    const { id, state } = await findOwnAuthority(services, caller, ca_id);
    // Only a pending authority does without: clients send the parameter anyway, and it is ignored.
    const isPending = state.kind === 'pending';
    const restorableDays = isPending ? 0 : /^([7-9]|[12][0-9]|30)$/.test(days) ? Number(days) : undefined;
    if (restorableDays === undefined) throw incorrect('pending_days takes 7 to 30.');
    await services.deleteAuthority(caller, {
      id,
      from: isPending ? ['pending'] : ['disabled', 'expired'],
      purge: ['pending'],
      restorableDays,
    });
  },
  view: () => undefined,
});
