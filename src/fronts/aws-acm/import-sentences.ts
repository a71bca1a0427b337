/** How the service words what is wrong with an import. */
import { type FaultView, Refusal } from '../../wire/refusal.ts';

export const sentences = {
  several:
    'The certificate field contains more than one certificate. You can specify only one certificate in this field.',
  certificate: 'The certificate is not PEM-encoded or is not valid.',
  privateKey: 'The private key is not PEM-encoded or is not valid.',
  chain: 'The certificate chain is not PEM-encoded or is not valid.',
  path: 'Could not validate the certificate with the certificate chain.',
  notSelfSigned:
    'Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.',
  expired: 'The certificate has expired, is not valid.',
  notYetValid: 'The certificate is not in effect yet, is not valid.',
  // From here on ours: the service's words are not known.
  keyMismatch: 'The private key does not match the public key of the certificate.',
  encrypted: 'The private key is encrypted. The private key must be unencrypted.',
  unsupportedKey: 'The private key is not supported.',
  version: 'The certificate is not an X.509 version 3 certificate.',
  noIssuer: 'The issuer of the certificate is empty.',
  otherFamily: 'The key algorithm of the certificate does not match the key algorithm of the signing CA.',
  ocspUrl: 'The OCSP URL of the certificate exceeds 1000 characters.',
  newUsage:
    'A certificate cannot be reimported with a key usage or extended key usage extension that the certificate before did not have.',
  lostUsage:
    'A certificate cannot be reimported without a key usage or extended key usage that the certificate before had.',
  otherKey: 'The key type and size of a certificate cannot be changed when it is reimported.',
  noDomain: 'All of the domain names of a certificate cannot be removed when it is reimported.',
  notImported: 'Only an imported certificate can be reimported.',
} as const;

/** The sentence by what the fault speaks of: a noun, and a finer reason where there is one. */
const view: FaultView = ({ subject: { what = '', reason = '' }, message }) =>
  new Refusal('ValidationException', byReason[`${what}: ${reason}`] ?? byNoun[what] ?? message);

export const importFaults = {
  invalid: view,
  malformed: view,
  mismatch: view,
  unsupported: view,
  limit: view,
  'wrong-state': view,
};

const byReason: Readonly<Record<string, string>> = {
  'certificate: several': sentences.several,
  'certificate: expired': sentences.expired,
  'certificate: not-yet-valid': sentences.notYetValid,
  'certificate: version': sentences.version,
  'certificate: no-issuer': sentences.noIssuer,
  'certificate: key-algorithm': sentences.unsupportedKey,
  'certificate: not-imported': sentences.notImported,
  'private key: encrypted': sentences.encrypted,
  'private key: algorithm': sentences.unsupportedKey,
  'private key: key': sentences.keyMismatch,
};

const byNoun: Readonly<Record<string, string>> = {
  certificate: sentences.certificate,
  'public key': sentences.certificate,
  'private key': sentences.privateKey,
  chain: sentences.path,
};
