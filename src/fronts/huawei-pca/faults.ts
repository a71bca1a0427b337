import type { Fault, FaultKind } from '../../core/fault.ts';
import type { FaultView, Refusal } from '../../wire/refusal.ts';
import { internalFailure } from '../../wire/huawei-rest/error-body.ts';
import { gone, incorrect, notPermitted, type PcaCode, refused } from './refusals.ts';

/**
 * What each kind of fault is in the words of PCA. The reference lists the codes of bad parameters only; what it has
 * no code for is `PCA.00020001` with the core's sentence after it.
 */
export const faults = {
  invalid: byNoun,
  malformed: byNoun,
  mismatch: byNoun,
  unsupported: byNoun,
  'not-found': gone,
  'already-exists': explained,
  'wrong-state': explained,
  pending: explained,
  failed: explained,
  'in-use': explained,
  conflict: explained,
  limit: explained,
  forbidden: notPermitted,
  unavailable: () => internalFailure,
} satisfies Record<FaultKind, FaultView>;

/** Nouns of the core that have a code of their own here. */
const nouns: Readonly<Record<string, PcaCode>> = {
  subject: 'PCA.00020101',
  'key algorithm': 'PCA.00020102',
  'signature algorithm': 'PCA.00020103',
  validity: 'PCA.00020109',
  'subject alternative name': 'PCA.00020110',
  'path length': 'PCA.00020203',
};

function byNoun(fault: Fault): Refusal {
  const { what = '' } = fault.subject;
  const code = Object.hasOwn(nouns, what) ? nouns[what] : undefined;
  return code === undefined ? explained(fault) : refused(code);
}

function explained(fault: Fault): Refusal {
  return incorrect(`${fault.message.slice(0, 1).toUpperCase()}${fault.message.slice(1)}.`);
}
