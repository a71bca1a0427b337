/** Length of a text as the vendors count it. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Whether a database and a UTF8String can hold the text: no NUL, which PostgreSQL refuses and C programs end at, and no
 * half of a surrogate pair, which would come back as another character.
 */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** A JSON object. */
export function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
