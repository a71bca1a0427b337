import { certificateText, chainText } from '../../formats/pem-text.ts';
import { serverTypes } from '../../formats/bundle.ts';
import { anything, optional, secretText, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { Reply } from '../../wire/reply.ts';
import { certificateStatus } from './certificate-view.ts';
import { exportedFiles } from './exported-files.ts';
import { findCertificate } from './find-certificate.ts';
import { certificateIdOfPath } from './ids.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';
import { incorrect } from './refusals.ts';

/** SDKs send "true" and "false", Terraform and the reference's example a boolean. */
const isCompressed = decoded(anything(), (given): boolean => {
  if (given === true || given === 'true') return true;
  if (given === false || given === 'false') return false;
  throw incorrect('is_compressed takes "true" or "false".');
});

/** Upper case in the reference's table, lower case in its example. */
const serverType = decoded(text(), (given) => {
  const type = serverTypes.find((one) => one === given.toLowerCase());
  if (type === undefined) throw incorrect('type takes APACHE, NGINX, IIS, TOMCAT, OTHER.');
  return type;
});

/** Up to 32 octets of printable ASCII; empty is none. */
const password = decoded(secretText({ max: 32 }), (octets) => {
  if (octets.every((octet) => octet > 0x20 && octet < 0x7f)) return octets;
  octets.fill(0);
  throw incorrect('password takes letters, digits and special characters such as , . + - _ #.');
});

/**
 * A certificate as PEM in JSON, or as the zip of files that a kind of server wants; with its key when that is held
 * here. JSON is documented for APACHE, NGINX and OTHER; for IIS and TOMCAT it is the same here.
 * `is_sm_standard` is for SM2 certificates only and passed over. CCM API Reference, ExportCertificate.
 */
export const exportCertificate = operation({
  name: 'ExportCertificate',
  method: 'POST',
  path: '/v1/private-certificates/{certificate_id}/export',
  input: shape({
    certificate_id: certificateIdOfPath,
    is_compressed: isCompressed,
    type: serverType,
    password: optional(password),
  }),
  // Reading is enough for what holds no key; the release of a key asks for more itself.
  action: ({ certificate_id }, caller) => onCertificate('pca:cert:export', 'read', caller, certificate_id),
  run: async ({ certificate_id, is_compressed, type, password }, { services, caller }) => {
    const certificate = await findCertificate(services, caller, certificate_id);
    const now = services.now();
    const status = certificateStatus(certificate, now);
    if (status !== 'ISSUED') throw incorrect(`The certificate is ${status}; only an ISSUED one can be exported.`);
    const legacyPkcs12 = (await services.settingOf('pkcs12-profile', caller.account)) === 'legacy';
    const wish = { type, isCompressed: is_compressed, password, legacyPkcs12, now };
    return exportedFiles(services, caller, certificate, wish);
  },
  view: (files) => {
    if (files.kind === 'zip') return Reply.bytes(files.bytes, 'application/octet-stream', files.name);
    const { certificate, chain, key } = files;
    return {
      certificate: certificateText(certificate, '\r\n'),
      certificate_chain: chainText(chain, '\r\n') ?? null,
      ...(key === undefined ? {} : { private_key: Buffer.from(key.buffer, key.byteOffset, key.length).toString() }),
    };
  },
});
