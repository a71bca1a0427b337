import { requestDigest } from '../../wire/request-digest.ts';
import { onAuthority } from '../../wire/aws-json/shared-authority.ts';
import { blob, enumeration, optional, shape } from '../../wire/aws-json/shapes.ts';
import { signatureAlgorithmOf, type SigningAlgorithmName, signingAlgorithms } from './algorithms.ts';
import { apiPassthrough } from './api-passthrough-shape.ts';
import { authorityArnMember, certificateArn, templateArnMember } from './arns.ts';
import { issueFaults } from './issue-faults.ts';
import { operation, placeHere, unknownAuthority } from './operation.ts';
import { resolve } from './passthrough.ts';
import { idempotencyToken, validity } from './shapes.ts';
import { notIssuing } from './state-sentences.ts';
import { defaultTemplate } from './template-arn.ts';
import { templateNamed } from './templates.ts';
import { termOf } from './validity.ts';

const fiveMinutesMs = 300_000;
const asked = { action: 'acm-pca:IssueCertificate', access: 'write' } as const;

/**
 * A certificate for a CSR by a template: signed and durable before its ARN is answered. ApiPassthrough is read by its
 * shape always, and used as far as the template takes it.
 */
export const issueCertificate = operation({
  name: 'IssueCertificate',
  input: shape({
    ApiPassthrough: optional(apiPassthrough),
    CertificateAuthorityArn: authorityArnMember,
    Csr: blob({ min: 1, max: 32_768 }),
    // Object.keys forgets the names; the table gives exactly these.
    SigningAlgorithm: enumeration(Object.keys(signingAlgorithms) as SigningAlgorithmName[]),
    TemplateArn: optional(templateArnMember),
    Validity: validity,
    ValidityNotBefore: optional(validity),
    IdempotencyToken: idempotencyToken,
  }),
  action: ({ CertificateAuthorityArn, TemplateArn: { name } = { name: defaultTemplate } }, caller) =>
    onAuthority(asked, CertificateAuthorityArn, caller, 'issue', name),
  run: (input, scene) => {
    const { id, region } = placeHere(scene, input.CertificateAuthorityArn);
    const { TemplateArn: template = templateNamed(defaultTemplate), IdempotencyToken: token } = input;
    const { profile, subject } = resolve(template, input.ApiPassthrough);
    return scene.services.issueCertificate(scene.caller, {
      authority: id,
      region,
      access: scene.access,
      csr: input.Csr,
      profile,
      subject,
      signatureAlgorithm: signatureAlgorithmOf(input.SigningAlgorithm),
      term: termOf(input.Validity, input.ValidityNotBefore),
      repeatable:
        token === undefined
          ? undefined
          : {
              scope: `acm-pca:IssueCertificate:${id}`,
              token,
              digest: requestDigest({ ...input, TemplateArn: template.name }),
              windowMs: fiveMinutesMs,
            },
    });
  },
  view: (serial, { CertificateAuthorityArn }) => ({ CertificateArn: certificateArn(CertificateAuthorityArn, serial) }),
  faults: { ...unknownAuthority, ...notIssuing, ...issueFaults },
});
