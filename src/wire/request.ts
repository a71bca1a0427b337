/**
 * wire: how a vendor speaks, not what it says.
 *
 * Here live the neutral kit (operation, perform, refusal, reply, reader, page token, access keys), one folder per
 * dialect with the same file names in each (dispatch, authenticate, error-body, shapes), the signature algorithms,
 * and the HTTP listener. Not here: what an operation does or is called (fronts), and any rule of the domain (core,
 * services). The invariant: nobody but `authenticate` makes a Caller, and every operation of every front goes
 * through `perform`: authenticate, read, authorize, run, view.
 */

/** A request as it came off the wire, before anybody believed it. */
export interface WireRequest {
  /** Upper case. */
  readonly method: string;
  /** The request target up to the first `?`, still percent-encoded. */
  readonly path: string;
  /** What follows the first `?`, still percent-encoded; empty when there is none. */
  readonly query: string;
  readonly headers: HeaderFields;
  readonly body: Buffer;
  /** Ours, a UUID: in the log and in the vendor's response header. */
  readonly requestId: string;
  /** The peer's address on the socket; never from a forwarded header. */
  readonly source: string;
}

/** Header fields by lower-case name. */
export interface HeaderFields {
  /** The value without surrounding blanks; several fields of one name are joined by a comma. */
  get(name: string): string | undefined;
  names(): Iterable<string>;
  /** Whether the name came more than once. */
  isRepeated(name: string): boolean;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** In place of `body`, for what is too large for one piece; its length stands in the headers. */
  readonly stream?: AsyncIterable<Uint8Array>;
}

/** Reads Node's flat list of names and values (`IncomingMessage.rawHeaders`), which keeps what Node's own map drops. */
export function headerFields(raw: readonly string[]): HeaderFields {
  const values = new Map<string, string>();
  let repeated: Set<string> | undefined;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    const value = (raw[at + 1] ?? '').trim();
    const before = values.get(name);
    if (before !== undefined) (repeated ??= new Set()).add(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return {
    get: (name) => values.get(name),
    names: () => values.keys(),
    isRepeated: (name) => repeated?.has(name) ?? false,
  };
}
