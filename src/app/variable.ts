/** The values of variables, each refused in a sentence with the variable's name. */
import { Fault } from '../core/fault.ts';
import { BadConfiguration } from './bad-configuration.ts';
import type { VariableName } from './env.ts';

/** One of these words. Throws BadConfiguration. */
export function oneOf<Word extends string>(name: VariableName, text: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === text);
  if (word === undefined) {
    throw new BadConfiguration(
      `${name} is ${JSON.stringify(text)}, expected ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    );
  }
  return word;
}

/** Gives the rule of core the variable's name. Throws BadConfiguration. */
export function shaped<Id>(name: VariableName, text: string, read: (text: string) => Id): Id {
  try {
    return read(text);
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause;
    throw new BadConfiguration(`${name} is ${JSON.stringify(text)}: ${cause.message}`);
  }
}
