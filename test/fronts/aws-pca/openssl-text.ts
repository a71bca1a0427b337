/** A certificate as `openssl x509 -text` reads it. */
export interface OpensslReading {
  readonly subject: string;
  /** By the name that openssl gives it, or its identifier. */
  readonly extensions: ReadonlyMap<string, { readonly critical: boolean; readonly value: string }>;
}

/** Names are what stands 12 columns in, values what stands further in, their lines joined by a space. */
export function readingOf(text: string): OpensslReading {
  const subject = /^ {8}Subject: ?(.*)$/m.exec(text)?.[1]?.trim() ?? '';
  const block = /X509v3 extensions:\n((?: {12,}.*\n| *\n)*)/.exec(text)?.[1] ?? '';
  const extensions = new Map<string, { critical: boolean; value: string }>();
  let last: { critical: boolean; value: string } | undefined;
  for (const line of block.split('\n')) {
    const head = /^ {12}(\S.*?): ?(critical)?\s*$/.exec(line);
    if (head !== null) {
      last = { critical: head[2] !== undefined, value: '' };
      extensions.set(head[1] ?? '', last);
    } else if (last !== undefined && line.trim() !== '') {
      last.value = `${last.value} ${line.trim()}`.trim();
    }
  }
  return { subject, extensions };
}
