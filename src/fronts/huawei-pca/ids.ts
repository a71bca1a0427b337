import { authorityId, type AuthorityId, certificateId, type CertificateId } from '../../core/ids.ts';
import { inPath, text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { Refusal } from '../../wire/refusal.ts';
import { refused } from './refusals.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `issuer_id` of a body. */
export const issuerId = decoded(text(), authority);

/** `issuer_id` where it may be absent or "". */
export const optionalIssuerId = decoded(text(), (given) => (given === '' ? undefined : authority(given)));

/** `ca_id` of the path. */
export const caId = inPath(issuerId);

/** `certificate_id` of the path. */
export const certificateIdOfPath = inPath(
  decoded(text(), (given): CertificateId => {
    if (uuid.test(given)) return certificateId(given);
    // The code is the real service's; its text, which names the parameter, is localized and not known.
    throw new Refusal('PCA.10010105', 'The format of parameter certificate_id is incorrect.');
  }),
);

function authority(given: string): AuthorityId {
  if (!uuid.test(given)) throw refused('PCA.00020201');
  return authorityId(given);
}
