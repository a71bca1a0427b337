import { Refusal } from '../../wire/refusal.ts';

/** PCA Error Codes of the CCM API Reference. */
const sentences = {
  'PCA.00020001': 'Incorrect parameter.',
  'PCA.00020101': 'Incorrect certificate distinguished name.',
  'PCA.00020102': 'Invalid key algorithm. Only RSA2048, RSA4096, EC256, and EC384 are supported.',
  'PCA.00020103': 'Invalid signature hash algorithm. Only SHA256, SHA384, and SHA512 are supported.',
  'PCA.00020109': 'Invalid validity period type or value. Only year, month, or day supported.',
  'PCA.00020110': 'Incorrect domain name.',
  'PCA.00020111': 'Invalid IP. Enter an IPv4 address.',
  'PCA.00020112': 'Invalid alternative name type of the certificate subject. Enter an IP or DNS.',
  'PCA.00020201': 'Invalid CA ID. Valid CA IDs use a hexadecimal xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx format.',
  'PCA.00020202': 'Invalid CA type. Only root CA and subordinate CA are supported.',
  'PCA.00020203': 'Invalid CA path length.',
} as const;

export type PcaCode = keyof typeof sentences;

/** The documented refusal, exactly; HTTP 400. */
export function refused(code: PcaCode): Refusal {
  return new Refusal(code, sentences[code]);
}

/** `PCA.00020001`, whose sentence alone would help nobody, with what was found after it. */
export function incorrect(detail: string): Refusal {
  return new Refusal('PCA.00020001', `${sentences['PCA.00020001']} ${detail}`.slice(0, 1024));
}

/** HTTP 400, not 404: the code by which clients learn that something is gone. The text of the real one is unknown. */
export function gone(): Refusal {
  return new Refusal('PCA.10010002', 'The resource does not exist.');
}

/** PCA's own code is not published; this is the one of SCM, its sister service, with the status of PCA's pages. */
export function notPermitted(): Refusal {
  return new Refusal('PCA.4002', 'You do not have permission to perform this operation.', { status: 403 });
}
