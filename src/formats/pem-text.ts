import { writePem } from '../x509/pem.ts';

/** How a vendor writes lines: AWS `\n`, Huawei's JSON `\r\n`. */
export type Newline = '\n' | '\r\n';

/** One certificate without a newline after its last line, as both vendors' JSON carries it. */
export function certificateText(certificate: Uint8Array, newline: Newline): string {
  return writePem('CERTIFICATE', certificate, { newline, final: false });
}

/** Certificates in the given order, a newline between them and none after the last; undefined when there are none. */
export function chainText(chain: readonly Uint8Array[], newline: Newline): string | undefined {
  return chain.length === 0 ? undefined : chain.map((one) => certificateText(one, newline)).join(newline);
}

/** A file of certificates: each line ended by `\n`, the last one too. */
export function certificateFile(certificates: readonly Uint8Array[]): Uint8Array {
  return new TextEncoder().encode(certificates.map((one) => writePem('CERTIFICATE', one)).join(''));
}
