/** Rows for people as a table, for programs as JSON. */

type Row = Readonly<Record<string, unknown>>;

/** Prints the rows of a list, or one row; a table is aligned and says when there is nothing. */
export function printRows(rows: readonly Row[], format: string): void {
  if (format === 'json') return console.log(JSON.stringify(rows, null, 2));
  const [first] = rows;
  if (first === undefined) return console.error('There are none.');
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => names.map((name) => shown(name, row[name])));
  const widths = names.map((name, at) => Math.max(name.length, ...cells.map((line) => line[at]?.length ?? 0)));
  const line = (words: readonly string[]) =>
    words
      .map((word, at) => word.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  console.log([line(names), ...cells.map(line)].join('\n'));
}

/** Prints one result. */
export function printRow(row: Row, format: string): void {
  if (format === 'json') return console.log(JSON.stringify(row, null, 2));
  const width = Math.max(...Object.keys(row).map((name) => name.length));
  for (const [name, value] of Object.entries(row)) console.log(`${name.padEnd(width)}  ${shown(name, value)}`);
}

/** Members of a list in an answer. */
export function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.map(rowOf) : [];
}

export function rowOf(value: unknown): Row {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function shown(name: string, value: unknown): string {
  if (value === undefined || value === null) return '-';
  if (name.endsWith('At') && typeof value === 'number') return new Date(value * 1000).toISOString();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
