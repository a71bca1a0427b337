import { type AwsJsonHouse, awsJsonFront } from '../../wire/aws-json/dispatch.ts';
import type { Front } from '../../wire/front.ts';
import { faults } from './faults.ts';
import type { AcmServices } from './operation.ts';
import { operations } from './operations.ts';
import { refused } from './refused.ts';

/** The service name in the scope of a signature. */
export const signingName = 'acm';

/** AWS Certificate Manager over AWS JSON 1.1. */
export function awsAcmFront(house: AwsJsonHouse<AcmServices>): Front {
  const service = { name: 'aws-acm', targetPrefix: 'CertificateManager', operations, refused, faults };
  return awsJsonFront(service, { ...house, shared: house.services.findSharedAccess });
}
