import type { Authenticator } from '../authenticator.ts';
import { type SignatureCodes, type SigV4Ports, sigV4Authenticator } from '../sigv4/authenticator.ts';

/** Signature Version 4 for one service (`acm`, `acm-pca`), with the exceptions of AWS JSON: all HTTP 400. */
export function awsJsonAuthenticator(ports: SigV4Ports, service: string): Authenticator {
  return sigV4Authenticator(ports, service, codes);
}

const codes: SignatureCodes = {
  missing: { code: 'MissingAuthenticationTokenException', status: 400 },
  incomplete: { code: 'IncompleteSignatureException', status: 400 },
  mismatch: { code: 'InvalidSignatureException', status: 400 },
  'unknown-key': { code: 'UnrecognizedClientException', status: 400 },
};
