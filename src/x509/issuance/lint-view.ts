/** A TBSCertificate as the lint sees it: decoded once from its bytes. */
import type { GeneralName } from '../../core/name.ts';
import type { BasicConstraints, KeyUsage } from '../../core/profile.ts';
import { type SignatureAlgorithmReading, readSignatureAlgorithm } from '../algorithms/signature-algorithm.ts';
import { readTbsCertificate, type TbsCertificate } from '../certificate.ts';
import { type AuthorityKeyIdentifier, authorityKeyIdentifier } from '../extensions/authority-key-identifier.ts';
import { basicConstraints } from '../extensions/basic-constraints.ts';
import { extendedKeyUsage } from '../extensions/extended-key-usage.ts';
import { decodeExtension, type Extension } from '../extensions/extension.ts';
import { keyUsage } from '../extensions/key-usage.ts';
import { subjectAltName } from '../extensions/subject-alt-name.ts';
import { subjectKeyIdentifier } from '../extensions/subject-key-identifier.ts';
import { oids } from '../oids.ts';
import type { Issuer } from './issuer.ts';

export interface LintView {
  readonly tbs: TbsCertificate;
  readonly issuer: Issuer | undefined;
  readonly signature: SignatureAlgorithmReading;
  readonly isAuthority: boolean;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: readonly KeyUsage[] | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly names: readonly GeneralName[] | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
}

/** Throws Fault `malformed` where the bytes are not even readable. */
export function viewOf(der: Uint8Array, issuer: Issuer | undefined): LintView {
  const tbs = readTbsCertificate(der);
  const { extensions } = tbs;
  const constraints = decodeExtension(extensions, basicConstraints);
  return {
    tbs,
    issuer,
    signature: readSignatureAlgorithm(tbs.signatureAlgorithmDer),
    isAuthority: constraints?.isAuthority === true,
    basicConstraints: constraints,
    keyUsage: decodeExtension(extensions, keyUsage),
    extendedKeyUsage: decodeExtension(extensions, extendedKeyUsage),
    names: decodeExtension(extensions, subjectAltName),
    subjectKeyIdentifier: decodeExtension(extensions, subjectKeyIdentifier),
    authorityKeyIdentifier: decodeExtension(extensions, authorityKeyIdentifier),
  };
}

/** undefined when the extension is absent. */
export function isCritical(view: LintView, name: keyof typeof oids): boolean | undefined {
  return extensionOf(view, oids[name])?.critical;
}

/** undefined when the extension is absent. */
export function extensionOf({ tbs: { extensions } }: LintView, oid: string): Extension | undefined {
  for (const extension of extensions) if (extension.oid === oid) return extension;
  return undefined;
}
