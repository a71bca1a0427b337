/** What the three operations on permissions share. */
import type { ServicePermission } from '../../core/sharing.ts';
import { enumeration, epochSeconds, list, text } from '../../wire/aws-json/shapes.ts';

export const principal = text({ min: 0, max: 128, pattern: '[^*]+' });
export const sourceAccount = text({ min: 12, max: 12, pattern: '[0-9]+' });
export const actions = list(enumeration(['IssueCertificate', 'GetCertificate', 'ListPermissions']), { min: 1, max: 3 });

/** The only service that permissions can be given to. */
export const acm = 'acm.amazonaws.com';

/** A row of ListPermissions. `Policy` is a document that says the same; its exact form at the service is unverified. */
export function viewPermission(arn: string, permission: ServicePermission) {
  const { principal: Service, sourceAccount: account, actions: names, createdAt } = permission;
  return {
    CertificateAuthorityArn: arn,
    CreatedAt: epochSeconds(createdAt),
    Principal: Service,
    SourceAccount: account,
    Actions: names,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service },
          Action: names.map((name) => `acm-pca:${name}`),
          Resource: arn,
          Condition: { StringEquals: { 'aws:SourceAccount': account } },
        },
      ],
    }),
  };
}
