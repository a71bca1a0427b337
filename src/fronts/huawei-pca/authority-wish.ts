/** Members that creating and activating an authority share. */
import { integer, optional } from '../../wire/huawei-rest/shapes.ts';
import { crlConfiguration } from './crl-configuration.ts';
import { enterpriseProject } from './enterprise-project.ts';
import { noHsmCluster } from './hsm-cluster.ts';
import { keyUsages } from './key-usages.ts';

export const authorityMembers = {
  path_length: optional(integer({ min: 0, max: 6 })),
  key_usages: optional(keyUsages),
  crl_configuration: optional(crlConfiguration),
  enterprise_project_id: optional(enterpriseProject),
  hsm_cluster_info: optional(noHsmCluster),
};
