import { type AwsJsonHouse, awsJsonFront } from '../../wire/aws-json/dispatch.ts';
import type { Front } from '../../wire/front.ts';
import { faults } from './faults.ts';
import type { PcaServices } from './operation.ts';
import { operations } from './operations.ts';
import { refused } from './refused.ts';

/** The service name in the scope of a signature. */
export const signingName = 'acm-pca';

/** AWS Private CA over AWS JSON 1.1. */
export function awsPcaFront(house: AwsJsonHouse<PcaServices>): Front {
  const service = { name: 'aws-pca', targetPrefix: 'ACMPrivateCA', operations, refused, faults };
  return awsJsonFront(service, { ...house, shared: house.services.findSharedAccess });
}
