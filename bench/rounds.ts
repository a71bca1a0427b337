/** On a machine whose speed drifts, a figure is only worth beside a limit of the same moment: both in turn, a few times. */
export interface Round<Result> {
  readonly result: Result;
  readonly value: number;
  /** What the machine allowed just before. */
  readonly limit: number;
}

const rounds = 3;

/** Limit and measurement in turn; gives the round whose ratio is the median. */
export async function medianRound<Result>(
  limitNow: () => Promise<number>,
  measure: () => Promise<{ result: Result; value: number }>,
): Promise<Round<Result>> {
  const all: Round<Result>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const limit = await limitNow();
    all.push({ ...(await measure()), limit });
  }
  const [, median] = all.toSorted((a, b) => a.value / a.limit - b.value / b.limit);
  if (median === undefined) throw new Error('there was no round');
  return median;
}
