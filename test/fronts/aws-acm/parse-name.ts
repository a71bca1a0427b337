import { attributeTypes, type DistinguishedName } from '../../../src/core/name.ts';

/** `C=AU,CN=localhost` as a name; an empty text is the empty name. */
export function parseName(text: string): DistinguishedName {
  if (text === '') return [];
  return text.split(',').map((part) => {
    const [type = '', value = ''] = part.split('=');
    return [{ type: String(Reflect.get(attributeTypes, type)), value }];
  });
}
