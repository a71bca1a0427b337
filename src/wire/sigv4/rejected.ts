/**
 * Why a signature is not accepted: there is none; it cannot be read; it is wrong, stale or for another place; its
 * access key is not known. Each dialect has a code for each.
 */
export type SignatureProblem = 'missing' | 'incomplete' | 'mismatch' | 'unknown-key';

export class Rejected extends Error {
  readonly problem: SignatureProblem;

  constructor(problem: SignatureProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
