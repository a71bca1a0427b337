import type { Refused } from '../catalogue.ts';

/** An operation of the vendor's that a front does not have: the API gateway answers as for an API that is not there. */
export function absent(method: string, path: string, reason: string): Refused {
  return {
    reason,
    code: 'APIGW.0101',
    message: 'The API does not exist or has not been published in the environment.',
    status: 404,
    method,
    path,
  };
}
