import type { ScmId } from '../../core/ids.ts';
import { flag, optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { defaultEnterpriseProject, enterpriseProject } from './enterprise-project.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';
import { refused } from './refusals.ts';
import { assertUploadable, certificateName, certificatePem, chainPem, privateKeyPem } from './upload.ts';

/**
 * Takes in a certificate made elsewhere, with key and chain. `duplicate_check` false refuses the same certificate a
 * second time. CCM API Reference, ImportCertificate.
 */
export const importCertificate = operation({
  name: 'ImportCertificate',
  method: 'POST',
  path: '/v3/scm/certificates/import',
  input: shape({
    name: certificateName,
    certificate: certificatePem,
    certificate_chain: chainPem,
    private_key: privateKeyPem,
    duplicate_check: optional(flag()),
    enterprise_project_id: optional(enterpriseProject),
    /** SM certificates are not offered. */
    enc_certificate: optional(text()),
    enc_private_key: optional(text()),
  }),
  action: (_, caller) => onCertificate('scm:cert:import', 'write', caller),
  run: async (input, { services, caller }): Promise<ScmId | undefined> => {
    const { certificate, certificate_chain: chain, private_key: privateKey } = input;
    if ((input.enc_certificate ?? '') + (input.enc_private_key ?? '') !== '') throw refused('SCM.0010');
    const project = input.enterprise_project_id;
    assertUploadable(certificate, chain);
    const { scm } = await services.importCertificate(caller, {
      certificate: Buffer.from(certificate),
      chain: chain === undefined ? undefined : Buffer.from(chain),
      privateKey,
      several: 'chain',
      name: input.name,
      tags: [],
      vendor: { huawei: { enterpriseProject: project === defaultEnterpriseProject ? undefined : project } },
      refusesCopies: input.duplicate_check === false,
    });
    return scm;
  },
  view: (id) => ({ certificate_id: id }),
});
