/** Yes, no, or not understood: policies may not guess. */
export type Trilean = 'yes' | 'no' | 'unknown';

export function trilean(value: boolean): Trilean {
  return value ? 'yes' : 'no';
}

export function not(value: Trilean): Trilean {
  return value === 'unknown' ? value : trilean(value === 'no');
}

/** `no` as soon as one is no, else `unknown` when one is; nothing is asked after a `no`. */
export function all(...clauses: readonly (() => Trilean)[]): Trilean {
  let result: Trilean = 'yes';
  for (const clause of clauses) {
    const value = clause();
    if (value === 'no') return 'no';
    if (value === 'unknown') result = 'unknown';
  }
  return result;
}

/** `yes` as soon as one is yes, else `unknown` when one is. */
export function any<Item>(items: readonly Item[], clause: (item: Item) => Trilean): Trilean {
  let result: Trilean = 'no';
  for (const item of items) {
    const value = clause(item);
    if (value === 'yes') return 'yes';
    if (value === 'unknown') result = 'unknown';
  }
  return result;
}
