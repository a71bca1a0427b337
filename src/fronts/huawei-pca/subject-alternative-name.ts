import { isIP } from 'node:net';
import { shape, text } from '../../wire/huawei-rest/shapes.ts';
import type { GeneralName } from '../../core/name.ts';
import { decoded } from '../../wire/leaf.ts';
import { refused } from './refusals.ts';

/** Type → kind, longest value, and the code of a value that is none. */
const kinds = {
  DNS: { kind: 'dns', longest: 253, code: 'PCA.00020110' },
  IP: { kind: 'ip', longest: 39, code: 'PCA.00020111' },
  EMAIL: { kind: 'email', longest: 256, code: 'PCA.00020110' },
  URI: { kind: 'uri', longest: 253, code: 'PCA.00020110' },
} as const;

/** An entry of `subject_alternative_names`. */
export const subjectAlternativeName = decoded(
  shape({ type: text(), value: text() }),
  ({ type, value }): GeneralName => {
    const name = Object.keys(kinds).find((one): one is keyof typeof kinds => one === type.toUpperCase());
    if (name === undefined) throw refused('PCA.00020112');
    const { kind, longest, code } = kinds[name];
    if (value === '' || value.length > longest || (kind === 'ip' && isIP(value) === 0)) throw refused(code);
    return { kind, value };
  },
);
