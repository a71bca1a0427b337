import type { Profile } from '../../core/profile.ts';
import { list, optional, shape } from '../../wire/huawei-rest/shapes.ts';
import { keyAlgorithm, signatureBy, signatureHash } from './algorithms.ts';
import { customizedExtension } from './customized-extension.ts';
import { certificateName, inheriting } from './distinguished-name.ts';
import { enterpriseProject } from './enterprise-project.ts';
import { extendedKeyUsage } from './extended-key-usage.ts';
import { issuerId } from './ids.ts';
import { keyUsages, usagesFor } from './key-usages.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';
import { subjectAlternativeName } from './subject-alternative-name.ts';
import { otherYears, termFor, validity } from './validity.ts';

/**
 * A certificate whose key is made and kept here. Key algorithm and hash are the issuer's unless given, and so are the
 * parts of the name that are missing. CCM API Reference, CreateCertificate.
 */
export const createCertificate = operation({
  name: 'CreateCertificate',
  method: 'POST',
  path: '/v1/private-certificates',
  input: shape({
    issuer_id: issuerId,
    key_algorithm: optional(keyAlgorithm),
    signature_algorithm: optional(signatureHash),
    distinguished_name: certificateName,
    validity,
    key_usages: optional(keyUsages),
    subject_alternative_names: optional(list(subjectAlternativeName, { max: 20 })),
    extended_key_usage: optional(extendedKeyUsage),
    customized_extension: optional(customizedExtension),
    enterprise_project_id: optional(enterpriseProject),
  }),
  action: ({ issuer_id }, caller) => onCa('pca:ca:issueCert', 'write', caller, issuer_id),
  run: async (input, { services, caller }) => {
    const issuer = await services.findAuthority(caller, input.issuer_id);
    const {
      signature_algorithm: hash,
      extended_key_usage: purposes = [],
      subject_alternative_names: names = [],
    } = input;
    const usages = input.key_usages ?? usagesFor(input.key_algorithm ?? issuer.keyAlgorithm);
    const profile: Profile = {
      name: 'huawei:CreateCertificate',
      isSelfSigned: false,
      basicConstraints: { value: { isAuthority: false }, critical: false },
      keyUsage: { from: 'profile', value: usages, critical: true },
      extendedKeyUsage: { from: 'profile', value: purposes, critical: false },
      subjectAltName: { from: 'profile', value: names, critical: false },
      customExtensions: input.customized_extension ?? [],
    };
    return services.requestCertificate(caller, {
      authority: issuer.id,
      keyAlgorithm: input.key_algorithm,
      signatureAlgorithm: hash === undefined ? undefined : signatureBy(issuer, hash),
      subject: inheriting(input.distinguished_name),
      domain: input.distinguished_name.common_name,
      profile,
      term: termFor(input.validity, services.now(), otherYears, issuer),
      refusesShortLived: false,
      whenRefused: 'throw',
      name: '',
      tags: [],
      vendor: { huawei: { enterpriseProject: input.enterprise_project_id } },
    });
  },
  view: (id) => ({ certificate_id: id }),
});
