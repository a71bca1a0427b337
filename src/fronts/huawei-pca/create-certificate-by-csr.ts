import { type CertificateId, serialAsUuid, type AuthorityId } from '../../core/ids.ts';
import type { Profile } from '../../core/profile.ts';
import { readCsr } from '../../x509/csr.ts';
import { integer, optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { signatureBy } from './algorithms.ts';
import { enterpriseProject } from './enterprise-project.ts';
import { issuerId } from './ids.ts';
import { authorityUsages, csrUsages } from './key-usages.ts';
import { choice } from './list-shapes.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';
import { otherYears, termFor, validity } from './validity.ts';

/** A leaf takes names and purposes from its CSR: the request's own field for names is reserved and ignored. */
const leaf: Profile = {
  name: 'huawei:ENTITY_CERT',
  isSelfSigned: false,
  basicConstraints: { value: { isAuthority: false }, critical: false },
  keyUsage: { from: 'csr', otherwise: { value: csrUsages, critical: true } },
  extendedKeyUsage: { from: 'csr' },
  subjectAltName: { from: 'csr' },
  customExtensions: [],
};

/**
 * A leaf or an intermediate authority for a key that its owner keeps, signed with SHA-384. The id of a leaf is its
 * serial number, of an intermediate its `ca_id`. CCM API Reference, CreateCertificateByCsr.
 */
export const createCertificateByCsr = operation({
  name: 'CreateCertificateByCsr',
  method: 'POST',
  path: '/v1/private-certificates/csr',
  input: shape({
    issuer_id: issuerId,
    csr: text({ min: 1, max: 5120 }),
    validity,
    type: optional(choice({ ENTITY_CERT: 'leaf', INTERMEDIATE_CA: 'intermediate' }, 'type')),
    path_length: optional(integer({ min: 0, max: 6 })),
    enterprise_project_id: optional(enterpriseProject),
  }),
  action: ({ issuer_id }, caller) => onCa('pca:ca:issueCert', 'write', caller, issuer_id),
  run: async (input, { services, caller }): Promise<CertificateId | AuthorityId> => {
    const { issuer_id, path_length: pathLength = 0, enterprise_project_id: enterpriseProject } = input;
    const issuer = await services.findAuthority(caller, issuer_id);
    const signatureAlgorithm = signatureBy(issuer, 'SHA384');
    const term = termFor(input.validity, services.now(), otherYears, issuer);
    const csr = Buffer.from(input.csr);
    if (input.type === 'intermediate') {
      return services.issueIntermediate(caller, {
        issuer: issuer.id,
        csr: readCsr(csr).der,
        signatureAlgorithm,
        term,
        pathLength,
        keyUsages: authorityUsages,
        vendor: { huawei: { enterpriseProject, pathLength } },
      });
    }
    const wish = { authority: issuer.id, csr, profile: leaf, signatureAlgorithm, term };
    return serialAsUuid(await services.issueCertificate(caller, wish));
  },
  view: (id) => ({ certificate_id: id }),
});
