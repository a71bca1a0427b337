/**
 * What can go wrong, in the domain's words: a closed set of kinds, no HTTP status, no vendor name.
 * Every front owns a total table from kind to its vendor's code and sentence.
 */
export const faultKinds = [
  'invalid', // a value breaks a rule of ours or of an RFC
  'malformed', // bytes that do not parse
  'mismatch', // two things that must belong together do not
  'not-found',
  'already-exists',
  'wrong-state',
  'pending', // not there yet; ask again
  'failed', // will never be there
  'in-use',
  'conflict', // somebody else changed it meanwhile; try again
  'limit',
  'forbidden',
  'unsupported',
  'unavailable',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** What a fault speaks of, for fronts that word it themselves. Never a secret. */
export interface FaultSubject {
  /** The noun in question: `certificate`, `authority`, `csr`, `private key`, `chain`, `validity`, `passphrase` … */
  readonly what?: string;
  /** Its identifier, as the domain spells it. */
  readonly id?: string;
  /** Of a `mismatch`: the other thing, which the noun does not belong to. */
  readonly other?: string;
  /** A finer reason inside the kind, a stable kebab-case word: `weak-key`, `not-pem`, `beyond-issuer` … */
  readonly reason?: string;
}

/** The domain says no. `message` says what was found and what was expected, in one sentence without a secret. */
export class Fault extends Error {
  readonly kind: FaultKind;
  readonly subject: FaultSubject;

  constructor(kind: FaultKind, message: string, subject: FaultSubject = {}) {
    super(message);
    this.name = 'Fault';
    this.kind = kind;
    this.subject = subject;
  }
}

/** Closes a `switch` on a union: does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
