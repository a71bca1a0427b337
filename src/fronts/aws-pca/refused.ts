import type { RefusedOperations } from '../../wire/catalogue.ts';

/** The operations of Private CA that this front does not have: none. */
export const refused: RefusedOperations = {};
