/** Certificate Manager (and Private CA, for the authorities) in a house, and the steps that its tests begin with. */
import { awsAcmFront, signingName } from '../../../src/fronts/aws-acm/front.ts';
import { awsPcaFront, signingName as pcaSigningName } from '../../../src/fronts/aws-pca/front.ts';
import { type AwsCaller, awsCaller, ok } from '../aws-call.ts';
import { activeRoot, activeSubordinate, type Pca } from '../aws-pca/pca.ts';
import { type House, openHouse } from '../house.ts';

export interface Acm {
  readonly house: House;
  readonly call: AwsCaller;
  readonly pca: Pca;
}

export async function openAcm(): Promise<Acm> {
  const house = await openHouse(({ aws, services }) => [
    awsAcmFront({ ...aws(signingName), services }),
    awsPcaFront({ ...aws(pcaSigningName), services }),
  ]);
  return {
    house,
    call: awsCaller(house, { signingName, targetPrefix: 'CertificateManager' }),
    pca: { house, call: awsCaller(house, { signingName: pcaSigningName, targetPrefix: 'ACMPrivateCA' }) },
  };
}

/** A root and a subordinate below it, both active; gives the subordinate's ARN and both certificates. */
export async function authority({ pca }: Acm) {
  const root = await activeRoot(pca);
  const { arn, certificate } = await activeSubordinate(pca, root.arn);
  return { arn, certificate, root: root.certificate, rootArn: root.arn };
}

/** A certificate for a domain with an EC key by an authority; gives its ARN. */
export async function requested({ call }: Acm, authorityArn: string, more: Record<string, unknown> = {}) {
  const answer = await call('RequestCertificate', {
    DomainName: 'www.example.com',
    CertificateAuthorityArn: authorityArn,
    KeyAlgorithm: 'EC_prime256v1',
    ...more,
  });
  return String(ok(answer).CertificateArn);
}

export async function described({ call }: Acm, arn: string, as?: Parameters<AwsCaller>[2]) {
  return ok(await call('DescribeCertificate', { CertificateArn: arn }, as)).Certificate;
}

/** The ARN of no certificate in the same account and region. */
export function absent(arn: string): string {
  return `${arn.slice(0, -12)}000000000000`;
}
