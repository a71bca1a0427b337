/** Certificates that others made, with everything about them at the test's choice. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneralName } from '../../../src/core/name.ts';
import type { KeyUsage } from '../../../src/core/profile.ts';
import { parseName } from './parse-name.ts';
import * as der from '../../../src/x509/der/writer.ts';
import { authorityInformationAccess } from '../../../src/x509/extensions/authority-information-access.ts';
import { extendedKeyUsage } from '../../../src/x509/extensions/extended-key-usage.ts';
import { type Extension, writeExtension } from '../../../src/x509/extensions/extension.ts';
import { keyUsage } from '../../../src/x509/extensions/key-usage.ts';
import { nameConstraints } from '../../../src/x509/extensions/name-constraints.ts';
import { subjectAltName } from '../../../src/x509/extensions/subject-alt-name.ts';
import { writeName } from '../../../src/x509/names/write-name.ts';
import { writePem } from '../../../src/x509/pem.ts';
import { beginning } from '../house.ts';

export interface Foreign {
  readonly subject: string;
  readonly key: KeyObject;
  readonly certificate: string;
  /** PKCS#8, PEM. */
  readonly privateKey: string;
}

export interface ForeignWish {
  /** `C=AU,CN=localhost`. */
  readonly subject?: string;
  readonly key?: KeyObject;
  /** Certified instead of the key's own, for a key that the house holds (SubjectPublicKeyInfo, DER). */
  readonly publicKey?: Uint8Array;
  /** Domains that an authority may certify. */
  readonly permitted?: readonly string[];
  /** Absent: self-signed. */
  readonly issuer?: Foreign;
  /** The issuer's name, where it is not the issuer's subject. */
  readonly issuerName?: string;
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly isAuthority?: boolean;
  /** False: an authority whose basic constraints are not critical. */
  readonly isCritical?: boolean;
  readonly keyUsages?: readonly KeyUsage[];
  readonly purposes?: readonly string[];
  readonly ocsp?: string;
  readonly serial?: bigint;
  /** In days from the house's beginning. */
  readonly from?: number;
  readonly to?: number;
  readonly version?: 1 | 3;
}

const day = 86_400_000;

export function vectorKey(name: string): KeyObject {
  return createPrivateKey(readFileSync(join(import.meta.dirname, `../../vectors/keys/${name}.pem`)));
}

export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export function foreign(wish: ForeignWish = {}): Foreign {
  const { subject = 'CN=www.example.com', key = newKey(), issuer, version = 3, from = -10, to = 300 } = wish;
  const signer = issuer?.key ?? key;
  const algorithm = signer.asymmetricKeyType === 'rsa' ? rsaWithSha256 : ecdsaWithSha256;
  const extensions = extensionsOf(wish).map(writeExtension);
  const body = der.sequence(
    ...(version === 3 ? [der.explicit(0, der.integer(2))] : []),
    der.integer(wish.serial ?? 1001n),
    algorithm,
    writeName(parseName(wish.issuerName ?? issuer?.subject ?? subject)),
    der.sequence(der.time(beginning + from * day), der.time(beginning + to * day)),
    writeName(parseName(subject)),
    wish.publicKey ?? new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' })),
    ...(version === 3 && extensions.length > 0 ? [der.explicit(3, der.sequenceOf(extensions))] : []),
  );
  const certificate = der.sequence(body, algorithm, der.bitString(sign('sha256', body, signer)));
  return {
    subject,
    key,
    certificate: writePem('CERTIFICATE', certificate),
    privateKey: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

/** Root, intermediate and leaf for a domain. */
export function foreignChain(wish: ForeignWish = {}) {
  const keyUsages = ['keyCertSign', 'cRLSign'] as const;
  const root = foreign({ subject: 'O=Foreign Trust,CN=Foreign Root', isAuthority: true, keyUsages, serial: 1n });
  const issuing = foreign({
    subject: 'O=Foreign Trust,CN=Foreign Issuing',
    isAuthority: true,
    keyUsages,
    issuer: root,
    serial: 2n,
  });
  const leaf = foreign({ names: ['www.example.com'], ...wish, issuer: issuing });
  return { leaf, issuing, root, chain: `${issuing.certificate}${root.certificate}` };
}

/** ImportCertificate's input. */
export function importInput(files: { certificate: string; privateKey: string; chain?: string }) {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    Certificate: base64(files.certificate),
    PrivateKey: base64(files.privateKey),
    ...(files.chain === undefined ? {} : { CertificateChain: base64(files.chain) }),
  };
}

const ecdsaWithSha256 = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const rsaWithSha256 = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nullValue());

function extensionsOf({ names = [], addresses = [], ...wish }: ForeignWish): readonly Extension[] {
  const { isAuthority = false, isCritical = true, keyUsages, purposes, ocsp, permitted } = wish;
  const alternatives: GeneralName[] = [
    ...names.map((value) => ({ kind: 'dns', value }) as const),
    ...addresses.map((value) => ({ kind: 'ip', value }) as const),
  ];
  const found: (Extension | undefined)[] = [
    isAuthority ? { oid: '2.5.29.19', critical: isCritical, value: der.sequence(der.boolean(true)) } : undefined,
    keyUsages && { oid: '2.5.29.15', critical: true, value: keyUsage.encode(keyUsages) },
    permitted && {
      oid: nameConstraints.oid,
      critical: true,
      value: nameConstraints.encode({
        permitted: permitted.map((value) => ({ kind: 'dns', value })),
        excluded: [],
      }),
    },
    purposes && { oid: '2.5.29.37', critical: false, value: extendedKeyUsage.encode(purposes) },
    alternatives.length > 0
      ? { oid: '2.5.29.17', critical: false, value: subjectAltName.encode(alternatives) }
      : undefined,
    ocsp === undefined
      ? undefined
      : {
          oid: authorityInformationAccess.oid,
          critical: false,
          value: authorityInformationAccess.encode({ ocsp: [ocsp], caIssuers: [] }),
        },
  ];
  return found.filter((extension) => extension !== undefined);
}
