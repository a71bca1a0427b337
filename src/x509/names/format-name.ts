/** Names as text: the escapes of RFC 4514, in the order of the DER, without spaces after commas. */
import type { DistinguishedName } from '../../core/name.ts';
import { shortNameOf } from './attribute-rules.ts';

/** `C=AU,ST=Some-State,CN=localhost`; the members of a multi-valued relative name are joined by `+`. */
export function formatName(name: DistinguishedName): string {
  return name
    .map((rdn) => rdn.map(({ type, value }) => `${shortNameOf(type) ?? type}=${escape(value)}`).join('+'))
    .join(',');
}

function escape(value: string): string {
  return value
    .replace(/[",+;<>\\]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(/[\u0000-\u001f\u007f]/g, (c) => `\\${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
