import { certificateText, chainText } from '../../formats/pem-text.ts';
import { traditionalPem } from '../../formats/traditional-key.ts';
import { shape } from '../../wire/huawei-rest/shapes.ts';
import { statusOf } from './certificate-view.ts';
import { certificateId } from './ids.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';
import { refused } from './refusals.ts';

/**
 * Certificate, chain, both in one, and the key as PEM without a password. CCM API Reference, ExportCertificate of SCM.
 */
export const exportCertificate = operation({
  name: 'ExportCertificate',
  method: 'POST',
  path: '/v3/scm/certificates/{certificate_id}/export',
  input: shape({ certificate_id: certificateId }),
  action: ({ certificate_id }, caller) => onCertificate('scm:cert:export', 'write', caller, certificate_id),
  run: async ({ certificate_id }, { services, caller }) => {
    const certificate = await services.findManagedCertificate(caller, { scm: certificate_id });
    if (statusOf(certificate.body, services.now()) !== 'UPLOAD') throw refused('SCM.0010');
    const permission = onCertificate('scm:cert:export', 'write', caller, certificate_id);
    return services.exportCertificate(caller, certificate, permission, async ({ privateKey, body }) => ({
      certificate: body.der,
      chain: body.chain,
      key: traditionalPem(privateKey),
    }));
  },
  view: ({ certificate, chain, key }) => ({
    entire_certificate: [certificate, ...chain].map((one) => certificateText(one, '\n')).join('\n'),
    certificate: certificateText(certificate, '\n'),
    certificate_chain: chainText(chain, '\n') ?? null,
    private_key: Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1').trimEnd(),
  }),
});
