/** Values of rarer extensions, DER. */
import { element, sequence } from '../../../src/x509/der/writer.ts';
import { subjectAltName } from '../../../src/x509/extensions/subject-alt-name.ts';

export const issuerAltNameValue = subjectAltName.encode([{ kind: 'uri', value: 'http://issuer.test/' }]);
/** requireExplicitPolicy [0] after no further certificate. */
export const policyConstraintsValue = sequence(element(0x80, Uint8Array.of(0)));
