/** One line of the result: what was measured, what the machine allows, and the share of it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same unit, from the same run. */
  readonly limit?: { readonly of: string; readonly value: number };
  /** What section the reader compares with: `at least 0.15`, `under 20 ms`. */
  readonly goal?: string;
  readonly note?: string;
}

export function ratioOf({ value, limit }: Figure): number | undefined {
  return limit === undefined ? undefined : value / limit.value;
}

/** An aligned table for people. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const ratio = ratioOf(figure);
    const { name, value, unit, limit, goal = '', note = '' } = figure;
    return [
      name,
      `${shown(value)} ${unit}`,
      limit === undefined ? '' : `${shown(limit.value)} (${limit.of})`,
      ratio === undefined ? '' : ratio.toFixed(ratio < 0.01 ? 4 : 3),
      goal,
      note,
    ];
  });
  const head = ['figure', 'value', 'limit of this run', 'ratio', 'goal', 'note'];
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 10 ? 1 : 2);
}
