import type { Fault, FaultKind, FaultSubject } from '../core/fault.ts';

/** The front says no, in its vendor's words: before the core is asked, or in place of a Fault. */
export class Refusal extends Error {
  /** The vendor's code: an exception's name, or `error_code`. */
  readonly code: string;
  /** HTTP status; absent: the dialect's usual one (400). */
  readonly status: number | undefined;
  /** Further members of the error document, spelled as sent. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    options: { status?: number; members?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = options.status;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}

/** How a front words a fault. `input` is the operation's, when it was read before the fault. */
export type FaultView<Input = unknown> = (fault: Fault, input: Input) => Refusal;

/** Total: a new kind of fault does not compile until the front has decided. */
export type FaultTable = Readonly<Record<FaultKind, FaultView>>;

/** What a sentence about a fault may use: its subject and the core's own sentence. */
export type FaultWords = FaultSubject & { readonly message: string };

/**
 * A row of a table of faults: the vendor's code, its sentence (the core's own when none is given), and the status.
 * `refusal('ResourceNotFoundException', ({ id }) => `Could not find certificate ${id}.`)`
 */
export function refusal<Input = unknown>(
  code: string,
  sentence: string | ((words: FaultWords, input: Input) => string) = ({ message }) => message,
  status?: number,
): FaultView<Input> {
  const options = status === undefined ? {} : { status };
  return (fault, input) => {
    const words = { ...fault.subject, message: fault.message };
    return new Refusal(code, typeof sentence === 'string' ? sentence : sentence(words, input), options);
  };
}
