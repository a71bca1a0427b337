import { after, before, describe, it } from 'node:test';
import { awsAcmFront } from '../../../src/fronts/aws-acm/front.ts';
import type { Front } from '../../../src/wire/front.ts';
import { askFront, asReader } from '../ask-front.ts';
import { assertConstraints, constraintsOf, type Samples } from '../constraint-cases.ts';
import { type House, openHouse } from '../house.ts';

const samples: Samples = {
  CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-4333-8444-555555555555',
  CertificateAuthorityArn:
    'arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/11111111-2222-4333-8444-555555555555',
  DomainName: 'www.example.com',
  ValidationDomain: 'example.com',
  SubjectAlternativeNames: 'a.example.com',
};

describe('Certificate Manager meets every constraint of the model, in AWS’s sentences:', () => {
  let house: House;
  let front: Front;

  before(async () => {
    house = await openHouse(() => []);
    front = awsAcmFront({ ...house.aws('acm'), services: house.services, authenticate: asReader(house) });
  });
  after(() => house.close());

  for (const [name, rows] of Object.entries(constraintsOf('acm'))) {
    it(name, () => assertConstraints(askFront(front, `CertificateManager.${name}`), rows, samples));
  }
});
