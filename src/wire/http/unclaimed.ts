import { errorReply as awsError } from '../aws-json/error-body.ts';
import { errorReply as huaweiError, gatewayRefusal } from '../huawei-rest/error-body.ts';
import { Refusal } from '../refusal.ts';
import type { WireReply, WireRequest } from '../request.ts';
import { plain } from './pages.ts';

/** For a request that no front claims: an error in the form that its sender can read. */
export function unclaimed({
  headers,
  path,
  requestId,
}: Pick<WireRequest, 'headers' | 'path' | 'requestId'>): WireReply {
  const speaksAws =
    headers.get('x-amz-target') !== undefined || headers.get('authorization')?.startsWith('AWS4-') === true;
  if (speaksAws) return awsError(unknownOperation, requestId);
  if (/^\/v\d/.test(path)) return huaweiError(unknownApi, requestId);
  return plain(404, 'not found\n');
}

const unknownOperation = new Refusal('UnknownOperationException', '');
const unknownApi = gatewayRefusal(
  404,
  'APIGW.0101',
  'The API does not exist or has not been published in the environment.',
);
