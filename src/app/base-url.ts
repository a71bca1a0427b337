import { BadConfiguration } from './bad-configuration.ts';

/**
 * Reads a base URL, without its trailing slash. Throws BadConfiguration naming `variable`.
 * @param schemes `http:` alone for what goes into certificates: RFC 5280 §8 warns of https there, since checking
 *   that connection may need the very certificate that it fetches
 */
export function readBaseUrl(variable: string, text: string, schemes: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBare = url !== undefined && url.username + url.password + url.search + url.hash === '' && !/[?#]/.test(text);
  if (url === undefined || !isBare || url.hostname === '' || !schemes.includes(url.protocol)) {
    const expected = schemes.map((scheme) => `${scheme}//host`).join(' or ');
    throw new BadConfiguration(
      `${variable} must be a URL such as ${expected}, optionally with a port, without user, query or fragment`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
