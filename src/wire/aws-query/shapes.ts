/** The members of AWS query inputs: form fields, so all of them text. The small part that STS needs. */
import { Type } from 'typebox';

export { oneOf as enumeration } from '../leaf.ts';
export { text } from '../aws-json/shapes.ts';
/** An operation's input; members are required unless `optional`. */
export const shape = Type.Object;
export const optional = Type.Optional;
