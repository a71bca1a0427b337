import type { Services } from '../../services/bind.ts';
import { type AwsQueryHouse, awsQueryFront } from '../../wire/aws-query/dispatch.ts';
import type { Front } from '../../wire/front.ts';
import { faults } from './faults.ts';
import { operations } from './operations.ts';
import { refused, version } from './refused.ts';

/** The service name in the scope of a signature. */
export const signingName = 'sts';

/** AWS Security Token Service over the AWS query protocol. */
export function awsStsFront(house: AwsQueryHouse<Services>): Front {
  const namespace = `https://sts.amazonaws.com/doc/${version}/`;
  const service = { name: 'aws-sts', signingService: signingName, version, namespace, operations, refused, faults };
  return awsQueryFront(service, house);
}
