import { statusOf } from '../../core/authority.ts';
import { certificateText, chainText } from '../../formats/pem-text.ts';
import { shape } from '../../wire/huawei-rest/shapes.ts';
import { statusNames } from './authority-view.ts';
import { caId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';
import { incorrect } from './refusals.ts';

/**
 * Certificate and chain of an authority that is activated or expired; lines end with \r\n, the last one with nothing.
 * CCM API Reference, ExportCertificateAuthorityCertificate.
 */
export const exportCertificateAuthorityCertificate = operation({
  name: 'ExportCertificateAuthorityCertificate',
  method: 'POST',
  path: '/v1/private-certificate-authorities/{ca_id}/export',
  input: shape({ ca_id: caId }),
  action: ({ ca_id }, caller) => onCa('pca:ca:export', 'read', caller, ca_id),
  run: async ({ ca_id }, { services, caller }) => {
    const authority = await services.findAuthority(caller, ca_id);
    const status = statusNames[statusOf(authority, services.now())];
    if (authority.certificate === undefined || (status !== 'ACTIVED' && status !== 'EXPIRED')) {
      throw incorrect(`The CA is ${status}; only an ACTIVED or EXPIRED one can be exported.`);
    }
    return authority.certificate;
  },
  view: ({ der, chain }) => ({
    certificate: certificateText(der, '\r\n'),
    certificate_chain: chainText(chain, '\r\n') ?? null,
  }),
});
