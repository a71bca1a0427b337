import type { Caller } from '../../core/account.ts';
import { commonNameOf } from '../../core/authority.ts';
import type { CertificateBody, IssuedCertificate } from '../../core/certificate.ts';
import { Fault } from '../../core/fault.ts';
import type { EpochMs } from '../../core/ids.ts';
import { serverBundle, type ServerType } from '../../formats/bundle.ts';
import { serverKeyPem } from '../../formats/server-key.ts';
import { zip, zipFileName } from '../../formats/zip.ts';
import type { Services } from '../../services/bind.ts';
import type { PrivateCertificate } from './find-certificate.ts';
import { onCertificate } from './permissions.ts';

export interface ExportWish {
  readonly type: ServerType;
  readonly isCompressed: boolean;
  readonly password: Uint8Array | undefined;
  readonly legacyPkcs12: boolean;
  readonly now: EpochMs;
}

/** What leaves the house: a zip with its name, or PEM for JSON. The key is octets; the view makes text of it last. */
export type ExportedFiles =
  | { readonly kind: 'zip'; readonly name: string; readonly bytes: Uint8Array }
  | {
      readonly kind: 'pem';
      readonly certificate: Uint8Array;
      readonly chain: readonly Uint8Array[];
      readonly key?: Uint8Array;
    };

interface Content {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly commonName: string;
  readonly privateKey?: Uint8Array;
}

/** A certificate in the wanted form, with its key when that is held here. Faults: those of `exportCertificate`. */
export async function exportedFiles(
  services: Services,
  caller: Caller,
  found: PrivateCertificate,
  wish: ExportWish,
): Promise<ExportedFiles> {
  if (found.kind === 'issued') {
    const { der, commonName } = found.certificate;
    return inForm({ certificate: der, chain: await chainOf(services, caller, found.certificate), commonName }, wish);
  }
  const permission = onCertificate('pca:cert:export', 'write', caller, found.certificate.id);
  return services.exportCertificate(caller, found.certificate, permission, ({ privateKey, body }) =>
    inForm({ ...contentOf(body), privateKey }, wish),
  );
}

function contentOf({ der, chain, subject }: CertificateBody): Content {
  return { certificate: der, chain, commonName: commonNameOf(subject) };
}

async function inForm(content: Content, wish: ExportWish): Promise<ExportedFiles> {
  const { certificate, chain, commonName, privateKey } = content;
  const { type, password, legacyPkcs12, now } = wish;
  if (!wish.isCompressed) {
    const key = privateKey === undefined ? undefined : await serverKeyPem(privateKey, password, '\r\n');
    return { kind: 'pem', certificate, chain, ...(key === undefined ? {} : { key }) };
  }
  const members = await serverBundle(type, { ...content, name: commonName, password, legacyPkcs12, now });
  const bytes = zip(members, now);
  for (const member of members) if (member.isSecret) member.bytes.fill(0);
  return { kind: 'zip', name: zipFileName(commonName, type), bytes };
}

/** As it stands above the issuing authority today; nothing when that is gone for good. */
async function chainOf(
  services: Pick<Services, 'findAuthority'>,
  caller: Caller,
  { authority: id }: IssuedCertificate,
): Promise<readonly Uint8Array[]> {
  try {
    const { certificate } = await services.findAuthority(caller, id);
    return certificate === undefined ? [] : [certificate.der, ...certificate.chain];
  } catch (cause) {
    if (cause instanceof Fault && cause.kind === 'not-found') return [];
    throw cause;
  }
}
