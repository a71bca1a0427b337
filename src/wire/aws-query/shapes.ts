/** The members of AWS query inputs: form fields, so all of them text. The small part that STS needs. */
export { text } from '../aws-json/shapes.ts';
/** `shape`: an operation's input; members are required unless `optional`. */
export { oneOf as enumeration, optional, structure as shape } from '../schema.ts';
