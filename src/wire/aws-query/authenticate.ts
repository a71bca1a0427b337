import type { Authenticator } from '../authenticator.ts';
import { type SignatureCodes, type SigV4Ports, sigV4Authenticator } from '../sigv4/authenticator.ts';

/** Signature Version 4 for one service (`sts`), with the codes of the query protocol. */
export function awsQueryAuthenticator(ports: SigV4Ports, service: string): Authenticator {
  return sigV4Authenticator(ports, service, codes);
}

const codes: SignatureCodes = {
  missing: { code: 'MissingAuthenticationToken', status: 403 },
  incomplete: { code: 'IncompleteSignature', status: 400 },
  mismatch: { code: 'SignatureDoesNotMatch', status: 403 },
  'unknown-key': { code: 'InvalidClientTokenId', status: 403 },
};
