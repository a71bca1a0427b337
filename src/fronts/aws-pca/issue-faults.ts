import type { Fault } from '../../core/fault.ts';
import { refusal, Refusal } from '../../wire/refusal.ts';
import { cannotSign } from './algorithms.ts';

/** How IssueCertificate words what is wrong with a request: the CSR, the validity, or an argument. */
export const issueFaults = {
  malformed: refusal('MalformedCSRException'),
  unsupported: refusal('MalformedCSRException'),
  mismatch: (fault: Fault) => cannotSign(fault) ?? new Refusal('MalformedCSRException', fault.message),
  invalid: ({ subject: { what = '', reason }, message }: Fault) => {
    if (what === 'validity') return new Refusal('ValidationException', validitySentences.get(reason ?? '') ?? message);
    return new Refusal(codes.get(what) ?? 'MalformedCSRException', csrSentences.get(reason ?? '') ?? message);
  },
};

const validitySentences: ReadonlyMap<string, string> = new Map([
  ['beyond-issuer', 'The certificate validity specified exceeds the certificate authority validity'],
]);

/** Clients match on it: cert-manager/istio-csr#90. */
const csrSentences: ReadonlyMap<string, string> = new Map([
  ['names-not-critical', 'CSR must mark the SAN extension critical when it has an empty subject'],
]);

/** By what the fault speaks of; everything else that can be wrong came with the CSR. */
const codes: ReadonlyMap<string, string> = new Map([
  ['path length', 'ValidationException'],
  ['name constraints', 'ValidationException'],
  ['template', 'InvalidArgsException'],
  // Only the API's are written by us: a CSR's are read, and those of its octets.
  ['oid', 'InvalidArgsException'],
  ['key usage', 'InvalidArgsException'],
  ['certificate size', 'InvalidArgsException'],
  ['signature algorithm', 'InvalidArgsException'],
]);
