import { shape } from '../../wire/huawei-rest/shapes.ts';
import { writePem } from '../../x509/pem.ts';
import { statusNames } from './authority-view.ts';
import { findOwnAuthority } from './find-own-authority.ts';
import { caId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';
import { incorrect } from './refusals.ts';

/** The signing request of a pending authority. CCM API Reference, ExportCertificateAuthorityCsr. */
export const exportCertificateAuthorityCsr = operation({
  name: 'ExportCertificateAuthorityCsr',
  method: 'GET',
  path: '/v1/private-certificate-authorities/{ca_id}/csr',
  input: shape({ ca_id: caId }),
  action: ({ ca_id }, caller) => onCa('pca:ca:getCsr', 'read', caller, ca_id),
  run: async ({ ca_id }, { services, caller }) => {
    const { state, csr } = await findOwnAuthority(services, caller, ca_id);
    if (state.kind === 'pending') return csr;
    throw incorrect(`The CA is ${statusNames[state.kind]}; only a PENDING one has a CSR to export.`);
  },
  view: (csr) => ({ csr: writePem('CERTIFICATE REQUEST', csr, { newline: '\r\n', final: false }) }),
});
