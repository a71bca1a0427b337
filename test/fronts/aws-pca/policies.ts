/** Policies that share an authority, as the service's guide writes them. */
import { template } from './pca.ts';

export const reading = [
  'acm-pca:DescribeCertificateAuthority',
  'acm-pca:GetCertificate',
  'acm-pca:GetCertificateAuthorityCertificate',
  'acm-pca:ListPermissions',
  'acm-pca:ListTags',
];

export type Statement = Record<string, unknown>;

/** The two required statements; a member given as undefined is left out. */
export function statements(arn: string, principal: unknown, more: { read?: Statement; issue?: Statement } = {}) {
  const Principal = typeof principal === 'string' ? { AWS: principal } : principal;
  return [
    { Sid: '1', Effect: 'Allow', Principal, Action: reading, Resource: arn, ...more.read },
    {
      Sid: '1',
      Effect: 'Allow',
      Principal,
      Action: ['acm-pca:IssueCertificate'],
      Resource: arn,
      Condition: { StringEquals: { 'acm-pca:TemplateArn': template('EndEntityCertificate') } },
      ...more.issue,
    },
  ];
}

export function documentOf(...Statement: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

export function sharing(arn: string, principal: unknown, more: Parameters<typeof statements>[2] = {}): string {
  return documentOf(...statements(arn, principal, more));
}

/** The sentence of a denial across accounts. */
export function notAllowed(account: string, action: string, resource: string, user = 'administrator'): string {
  return (
    `User: arn:aws:iam::${account}:user/${user} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no resource-based policy allows the ${action} action`
  );
}
