import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { BadConfiguration } from './bad-configuration.ts';
import type { Config } from './config.ts';

export interface TlsFiles {
  /** PEM. */
  readonly cert: Buffer;
  readonly key: Buffer;
}

/**
 * The certificate chain and key that the configuration names, read now. Throws BadConfiguration with OpenSSL's reason
 * when they cannot be read, are no PEM, or do not belong together.
 */
export function readTlsFiles({ certFile, keyFile }: NonNullable<Config['tls']>): TlsFiles {
  try {
    const files = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
    createSecureContext(files);
    return files;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BadConfiguration(
      `CHANCERY_TLS_CERT_FILE ${certFile} and CHANCERY_TLS_KEY_FILE ${keyFile} cannot be used, expected a PEM certificate chain and its key: ${why}`,
    );
  }
}
