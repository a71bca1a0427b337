import { Fault, type FaultKind } from '../../core/fault.ts';
import type { BucketName } from '../../core/object.ts';
import type { S3Answer } from './send.ts';

/** What an answer that is no success means for the bucket. The message is for the operator. */
export function faultOf({ status, code }: S3Answer, bucket: BucketName): Fault {
  const said = `the object store answered ${status}${code === '' ? '' : ` (${code})`} for bucket ${bucket}`;
  return new Fault(kindOf(status), `${said}, ${hintOf(status)}`, { what: 'bucket', id: bucket });
}

function kindOf(status: number): FaultKind {
  if (status === 404) return 'not-found';
  if (status === 401 || status === 403) return 'forbidden';
  return status >= 500 || status === 429 || (status >= 300 && status < 400) ? 'unavailable' : 'failed';
}

function hintOf(status: number): string {
  if (status === 404) return 'which must be made there first';
  if (status === 401 || status === 403) return 'check the access key and its permissions';
  if (status >= 300 && status < 400) return 'which is a redirect: check the endpoint and the region';
  return 'expected 200';
}
