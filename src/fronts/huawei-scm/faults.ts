import type { Fault, FaultKind } from '../../core/fault.ts';
import { internalFailure } from '../../wire/huawei-rest/error-body.ts';
import type { FaultView, Refusal } from '../../wire/refusal.ts';
import { gone, incorrect, notPermitted, refused, type ScmCode } from './refusals.ts';

/** What each kind of fault is in the words of SCM; what it has no code for is `SCM.0005` with the core's sentence. */
export const faults = {
  invalid: aboutUpload,
  malformed: aboutUpload,
  mismatch: aboutUpload,
  unsupported: aboutUpload,
  limit: aboutUpload,
  'not-found': gone,
  'already-exists': explained,
  'wrong-state': () => refused('SCM.0010'),
  pending: () => refused('SCM.0010'),
  failed: () => refused('SCM.0010'),
  'in-use': () => refused('SCM.0010'),
  conflict: explained,
  forbidden: notPermitted,
  unavailable: () => internalFailure,
} satisfies Record<FaultKind, FaultView>;

/** By the part of the upload, and by what is wrong with it. */
const codes: Readonly<Record<string, Partial<Record<FaultKind, ScmCode>>>> = {
  certificate: { malformed: 'SCM.0031', invalid: 'SCM.0010', unsupported: 'SCM.0010' },
  'private key': { malformed: 'SCM.0012', invalid: 'SCM.0012', unsupported: 'SCM.0012', mismatch: 'SCM.0014' },
  chain: { malformed: 'SCM.0013', invalid: 'SCM.0013', unsupported: 'SCM.0013', limit: 'SCM.0013' },
};

function aboutUpload(fault: Fault): Refusal {
  const { what = '', reason } = fault.subject;
  if (what === 'chain' && (reason === 'chain-order' || reason === 'chain-signature')) return refused('SCM.0079');
  const code = Object.hasOwn(codes, what) ? codes[what]?.[fault.kind] : undefined;
  return code === undefined ? explained(fault) : refused(code);
}

function explained(fault: Fault): Refusal {
  return incorrect(`${fault.message.slice(0, 1).toUpperCase()}${fault.message.slice(1)}.`);
}
