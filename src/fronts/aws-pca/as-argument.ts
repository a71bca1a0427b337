import { Fault } from '../../core/fault.ts';
import { Refusal } from '../../wire/refusal.ts';

/** What a member of the request is read into: what is wrong with it is an argument's fault, `InvalidArgsException`. */
export function asArgument<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Fault) throw new Refusal('InvalidArgsException', cause.message);
    throw cause;
  }
}
