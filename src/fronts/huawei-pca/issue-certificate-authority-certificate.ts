import { shape } from '../../wire/huawei-rest/shapes.ts';
import { signatureBy, signatureHash } from './algorithms.ts';
import { authorityMembers } from './authority-wish.ts';
import { assertCrlSign } from './crl-configuration.ts';
import { findOwnAuthority } from './find-own-authority.ts';
import { caId, issuerId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';
import { refused } from './refusals.ts';
import { otherYears, termFor, validity } from './validity.ts';

/**
 * Activates a pending subordinate under an authority of the same account. Type, name and key algorithm of the request
 * mean something only for a bought authority and are passed over.
 * CCM API Reference, IssueCertificateAuthorityCertificate.
 */
export const issueCertificateAuthorityCertificate = operation({
  name: 'IssueCertificateAuthorityCertificate',
  method: 'POST',
  path: '/v1/private-certificate-authorities/{ca_id}/activate',
  status: 204,
  input: shape({
    ca_id: caId,
    issuer_id: issuerId,
    signature_algorithm: signatureHash,
    validity,
    ...authorityMembers,
  }),
  action: ({ ca_id }, caller) => onCa('pca:ca:active', 'write', caller, ca_id),
  run: async (input, { services, caller }) => {
    const { vendor, keyUsages } = await findOwnAuthority(services, caller, input.ca_id);
    const issuer = await services.findAuthority(caller, input.issuer_id);
    const hash = input.signature_algorithm;
    if (hash === undefined) throw refused('PCA.00020103');
    const usages = input.key_usages ?? keyUsages;
    const crl = input.crl_configuration ?? vendor.huawei?.crlConfiguration;
    const pathLength = input.path_length ?? vendor.huawei?.pathLength ?? 0;
    assertCrlSign(input.crl_configuration, usages);
    const certification = {
      issuer: issuer.id,
      signatureAlgorithm: signatureBy(issuer, hash),
      term: termFor(input.validity, services.now(), otherYears, issuer),
      pathLength,
      keyUsages: usages,
    };
    await services.activateAuthority(caller, input.ca_id, certification, {
      ...vendor,
      huawei: {
        enterpriseProject: input.enterprise_project_id ?? vendor.huawei?.enterpriseProject,
        crlConfiguration: crl,
        pathLength,
      },
    });
  },
  view: () => undefined,
});
