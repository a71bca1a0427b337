/** Drops the members that are undefined, so that what is absent in the store is absent in the noun. */
export function present<Noun extends object>(noun: Noun): Noun {
  for (const [name, value] of Object.entries(noun)) if (value === undefined) Reflect.deleteProperty(noun, name);
  return noun;
}

/** A nullable column as an optional member. */
export function orAbsent<Value>(column: Value | null): Value | undefined {
  return column ?? undefined;
}
