/** An operation of the vendor's that this front does not have: why, and the exact error that callers get. */
export interface Refused {
  readonly reason: string;
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  /** For dialects that find an operation by method and path. */
  readonly method?: string;
  readonly path?: string;
}

export type RefusedOperations = Readonly<Record<string, Refused>>;

/**
 * What a front's catalogue lacks against the vendor's own list, one sentence each; empty when it is complete.
 * Every vendor operation must be in exactly one of the two, in the vendor's order, and nothing else may be there.
 */
export function catalogueGaps(
  vendor: readonly string[],
  operations: readonly { readonly name: string }[],
  refused: RefusedOperations,
): readonly string[] {
  const names = operations.map(({ name }) => name);
  const gaps: string[] = [];
  for (const name of vendor) {
    const isPresent = names.includes(name);
    const isRefused = Object.hasOwn(refused, name);
    if (!isPresent && !isRefused) gaps.push(`${name} is neither an operation nor refused`);
    if (isPresent && isRefused) gaps.push(`${name} is both an operation and refused`);
  }
  for (const name of names) {
    if (!vendor.includes(name)) gaps.push(`${name} is not an operation of the vendor`);
    if (names.indexOf(name) !== names.lastIndexOf(name)) gaps.push(`${name} is listed twice`);
  }
  for (const [name, { reason }] of Object.entries(refused)) {
    if (!vendor.includes(name)) gaps.push(`${name} is refused but not an operation of the vendor`);
    if (reason === '') gaps.push(`${name} is refused without a reason`);
  }
  const known = names.filter((name) => vendor.includes(name));
  const wanted = vendor.filter((name) => known.includes(name));
  if (known.join() !== wanted.join()) gaps.push('the operations are not in the order of the vendor');
  return gaps;
}
