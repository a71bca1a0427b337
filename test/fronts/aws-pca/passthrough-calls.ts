/** A house with one root, and the steps of the tests of ApiPassthrough and CSR passthrough. */
import type { TestContext } from 'node:test';
import type { Extension } from '../../../src/x509/extensions/extension.ts';
import { writePem } from '../../../src/x509/pem.ts';
import { aCsr, aKey } from '../../x509/an-authority.ts';
import { type OpensslReading, readingOf } from './openssl-text.ts';
import { activeRoot, issuance, issued, judge, openPca, template } from './pca.ts';

export interface Wish {
  readonly Subject?: unknown;
  readonly Extensions?: unknown;
}

const key = aKey();

/** A CSR for `CN=csr.test` with no extensions but these. */
export function csrWith(extensions: readonly Extension[], name = 'csr.test'): string {
  return writePem('CERTIFICATE REQUEST', aCsr(key, [[{ type: '2.5.4.3', value: name }]], [], extensions));
}

export const plainCsr = csrWith([]);
export const blank = 'BlankEndEntityCertificate_APIPassthrough';

/** A member of CustomExtensions. */
export function own(oid: string, value: Uint8Array, critical?: boolean) {
  const Value = Buffer.from(value).toString('base64');
  return { ObjectIdentifier: oid, Value, ...(critical !== undefined && { Critical: critical }) };
}

export function withOwn(...CustomExtensions: readonly object[]) {
  return { Extensions: { CustomExtensions } };
}

export async function openPassthrough() {
  const pca = await openPca();
  const root = await activeRoot(pca);
  return {
    pca,
    root,
    ask: (name: string, ApiPassthrough: Wish | undefined, csr = plainCsr, authority = root.arn) =>
      pca.call('IssueCertificate', issuance(authority, csr, { TemplateArn: template(name), ApiPassthrough })),
    /** What openssl reads of a certificate by a template; undefined where openssl is missing (the test is skipped). */
    read: async (
      t: TestContext,
      name: string,
      ApiPassthrough: Wish | undefined,
      csr = plainCsr,
      authority = root.arn,
    ): Promise<OpensslReading | undefined> => {
      const { certificate } = await issued(pca, authority, csr, { TemplateArn: template(name), ApiPassthrough });
      const text = await judge(t, { 'c.pem': certificate }, ['x509', '-in', 'c.pem', '-noout', '-text']);
      return text === '' ? undefined : readingOf(text);
    },
  };
}
