/** The two statements that AWS wants in a policy of an authority. */
export function sharingPolicy(arn: string): object {
  const allow = { Effect: 'Allow', Principal: { AWS: '000000000001' }, Resource: arn };
  const read = [
    'DescribeCertificateAuthority',
    'GetCertificate',
    'GetCertificateAuthorityCertificate',
    'ListPermissions',
    'ListTags',
  ];
  const template = { 'acm-pca:TemplateArn': 'arn:aws:acm-pca:::template/EndEntityCertificate/V1' };
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: '1', ...allow, Action: read.map((name) => `acm-pca:${name}`) },
      { Sid: '2', ...allow, Action: ['acm-pca:IssueCertificate'], Condition: { StringEquals: template } },
    ],
  };
}
