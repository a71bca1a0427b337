/** Kinds of columns that both engines have. Instants are milliseconds since 1970. */
export type Flag = 0 | 1;
/** Text that `json.ts` reads and writes. */
export type Json = string;
