/** Counts what one test file did, from the events of node:test. Only leaves count: a suite is no test. */

/** The part of node:test's pass and fail events that we read. */
export interface TestEvent {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string;
  readonly line?: number;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details: { readonly type?: string; readonly error?: unknown };
}

export interface Failure {
  readonly name: string;
  readonly file: string;
  readonly line?: number;
  readonly error: unknown;
}

export interface Tally {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** The reasons, one for each skipped test. */
  readonly skips: readonly { readonly name: string; readonly reason: string }[];
  /** What the file printed and what node:test said about it. */
  readonly output: string;
}

export class FileTally implements Tally {
  readonly file: string;
  readonly failures: Failure[] = [];
  readonly skips: { name: string; reason: string }[] = [];
  passed = 0;
  output = '';
  #summaries = 0;
  #lastNesting = 0;
  readonly #names: string[] = [];

  constructor(file: string) {
    this.file = file;
  }

  started(event: { readonly name: string; readonly nesting: number }): void {
    this.#names.splice(event.nesting, Infinity, event.name);
  }

  finished(event: TestEvent, outcome: 'pass' | 'fail'): void {
    const isWholeFile = event.name === this.file;
    // node:test reports the children of a test right before the test itself.
    const isLeaf = this.#lastNesting <= event.nesting && event.details.type !== 'suite' && !isWholeFile;
    this.#lastNesting = event.nesting;
    if (outcome === 'fail') this.#failed(event, isWholeFile);
    else if (isSet(event.skip)) this.skips.push({ name: event.name, reason: reasonOf(event.skip, 'no reason given') });
    else if (isSet(event.todo))
      this.skips.push({ name: event.name, reason: `to do: ${reasonOf(event.todo, event.name)}` });
    else if (isLeaf) this.passed += 1;
  }

  /** The file's own process has reported everything; it never does after a crash or an early exit. */
  summarized(): void {
    this.#summaries += 1;
  }

  printed(text: string): void {
    this.output = (this.output + text).slice(-32_768);
  }

  /** The file is over: nothing may have been lost on the way. */
  close(): this {
    if (this.#summaries === 0 && this.failures.length === 0) {
      const says = 'the file ended before its tests were reported, or it has none';
      this.failures.push({ name: 'the whole file', file: this.file, error: says });
    }
    return this;
  }

  #failed(event: TestEvent, isWholeFile: boolean): void {
    const { error } = event.details;
    if (fieldOf(error, 'failureType') === 'subtestsFailed') return; // its parts have been counted
    this.failures.push({
      name: isWholeFile ? 'the whole file' : [...this.#names.slice(0, event.nesting), event.name].join(' › '),
      file: event.file ?? this.file,
      ...(event.line === undefined || isWholeFile ? {} : { line: event.line }),
      error: fieldOf(error, 'cause') ?? error,
    });
  }
}

function isSet(mark: string | boolean | undefined): mark is string | true {
  return mark !== undefined && mark !== false;
}

function reasonOf(mark: string | true, otherwise: string): string {
  return mark === true || mark === '' ? otherwise : mark;
}

function fieldOf(error: unknown, field: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
}
