/** What a view returns when a JSON value is not enough: another status, headers, or bytes. */
export class Reply {
  readonly content: ReplyContent;
  /** Absent: the operation's own status. */
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(content: ReplyContent, options: { status?: number; headers?: Readonly<Record<string, string>> } = {}) {
    this.content = content;
    this.status = options.status;
    this.headers = options.headers ?? {};
  }

  static json(value: unknown, options?: { status?: number; headers?: Readonly<Record<string, string>> }): Reply {
    return new Reply({ kind: 'json', value }, options);
  }

  /** Bytes with their media type; `fileName` makes it a download and must be plain ASCII of ours. */
  static bytes(bytes: Uint8Array, type: string, fileName?: string): Reply {
    if (fileName === undefined) return new Reply({ kind: 'bytes', bytes, type });
    const headers = { 'content-disposition': `attachment; filename="${fileName}"` };
    return new Reply({ kind: 'bytes', bytes, type }, { headers });
  }
}

export type ReplyContent =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly type: string };
