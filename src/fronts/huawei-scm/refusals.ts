import { Refusal } from '../../wire/refusal.ts';

/** SCM Error Codes of the CCM API Reference, and its FAQ on uploads (0053, 0054, 0079, 0114). All HTTP 400. */
const sentences = {
  'SCM.0005': 'Incorrect request parameter.',
  'SCM.0009': 'Failed to upload the certificate because no domain name is bound to the certificate.',
  'SCM.0010': 'This operation is not allowed by the current certificate type or status.',
  'SCM.0012': 'The uploaded private key failed to be resolved. Ensure that the certificate has been issued.',
  'SCM.0013': 'The uploaded certificate chain failed to be resolved. Ensure that the certificate has been issued.',
  'SCM.0014': 'The uploaded certificate does not match the private key.',
  'SCM.0020': 'Incorrect certificate ID.',
  'SCM.0031': 'Certificate parsing error.',
  'SCM.0032': 'Incorrect certificate name.',
  'SCM.0053': 'The certificate format is incorrect. It must start or end with a specific string.',
  'SCM.0054': 'The certificate content is missing.',
  'SCM.0059': 'The certificate private key is empty.',
  'SCM.0070': 'Incorrect format of the domain bound to the certificate to be uploaded.',
  'SCM.0079': 'The subject of the CA certificate does not match the issuer of the certificate.',
  'SCM.0114': 'Incorrect private key format. It must start or end with a specific string.',
} as const;

export type ScmCode = keyof typeof sentences;

/** The documented refusal, exactly. */
export function refused(code: ScmCode): Refusal {
  return new Refusal(code, sentences[code]);
}

/** `SCM.0005`, whose sentence alone would help nobody, with what was found after it. */
export function incorrect(detail: string): Refusal {
  return new Refusal('SCM.0005', `${sentences['SCM.0005']} ${detail}`.slice(0, 1024));
}

/** A real 404, unlike PCA: clients take only that for "gone". */
export function gone(): Refusal {
  return new Refusal('SCM.0008', 'Abnormal certificate ID', { status: 404 });
}

/** The reference gives this one HTTP 401. */
export function notPermitted(): Refusal {
  return new Refusal('SCM.4002', 'You do not have permission to perform this operation.', { status: 401 });
}
