import { optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { findOwnAuthority } from './find-own-authority.ts';
import { caId } from './ids.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';
import { incorrect } from './refusals.ts';

/**
 * Activates a pending subordinate with a certificate that was signed elsewhere for its CSR. The chain may be left
 * out, and then later exports lack it. CCM API Reference, ImportCertificateAuthorityCertificate.
 */
export const importCertificateAuthorityCertificate = operation({
  name: 'ImportCertificateAuthorityCertificate',
  method: 'POST',
  path: '/v1/private-certificate-authorities/{ca_id}/import',
  status: 204,
  input: shape({
    ca_id: caId,
    certificate: text({ min: 1, max: 32_768 }),
    certificate_chain: optional(text({ max: 2_097_152 })),
  }),
  action: ({ ca_id }, caller) => onCa('pca:ca:import', 'write', caller, ca_id),
  run: async ({ ca_id, certificate, certificate_chain: chain = '' }, { services, caller }) => {
    const { type } = await findOwnAuthority(services, caller, ca_id);
    if (type === 'root') throw incorrect('Only a subordinate CA takes a certificate that was signed elsewhere.');
    await services.installAuthorityCertificate(caller, {
      id: ca_id,
      certificate: Buffer.from(certificate),
      chain: chain.trim() === '' ? undefined : Buffer.from(chain),
      from: ['pending'],
      demandsChain: false,
    });
  },
  view: () => undefined,
});
