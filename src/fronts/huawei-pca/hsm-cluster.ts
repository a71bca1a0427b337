import { optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { incorrect } from './refusals.ts';

/** `hsm_cluster_info`: keys in a dedicated HSM are not offered; an empty object is none. */
export const noHsmCluster = decoded(
  shape({ hsm_cluster_id: optional(text()), hsm_project: optional(text()), hsm_ca_cert: optional(text()) }),
  ({ hsm_cluster_id = '', hsm_project = '', hsm_ca_cert = '' }): undefined => {
    if (hsm_cluster_id + hsm_project + hsm_ca_cert === '') return undefined;
    throw incorrect('Dedicated HSM clusters are not available here.');
  },
);
