/**
 * What relying parties fetch without a signature: certificates of authorities, under the URLs that AIA names.
 * RFC 5280 §4.2.2.1: one certificate in DER, as application/pkix-cert.
 */
import { authorityId } from '../core/ids.ts';
import type { AuthorityReader } from '../core/store.ts';
import { writePem } from '../x509/pem.ts';

const pattern = /^\/authorities\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(cer|pem|chain\.pem)$/;

export interface PublicFile {
  readonly type: string;
  readonly body: Uint8Array | string;
}

/** The file at a path, or undefined when there is none. */
export async function publicFile(
  authorities: Pick<AuthorityReader, 'published'>,
  path: string,
): Promise<PublicFile | undefined> {
  const [, id, form] = pattern.exec(path) ?? [];
  if (id === undefined) return undefined;
  const published = await authorities.published(authorityId(id));
  if (published === undefined) return undefined;
  const { der, chain } = published;
  switch (form) {
    case 'cer':
      return { type: 'application/pkix-cert', body: der };
    case 'pem':
      return { type: 'application/x-pem-file', body: writePem('CERTIFICATE', der) };
    default:
      return {
        type: 'application/x-pem-file',
        body: [der, ...chain].map((link) => writePem('CERTIFICATE', link)).join(''),
      };
  }
}
