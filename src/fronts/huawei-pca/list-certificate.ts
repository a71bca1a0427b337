import type { Caller } from '../../core/account.ts';
import type { IssuedListing } from '../../core/store.ts';
import type { Services } from '../../services/bind.ts';
import { inQuery, optional, shape } from '../../wire/huawei-rest/shapes.ts';
import { certificateView } from './certificate-view.ts';
import type { PrivateCertificate } from './find-certificate.ts';
import { choice, limit, name, offset, sortDir } from './list-shapes.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';

const sortKeys = {
  create_time: 'createdAt',
  common_name: 'commonName',
  issuer_name: 'issuerName',
  not_after: 'notAfter',
} as const;
const statuses = { ISSUED: 'issued', EXPIRED: 'expired', REVOKED: 'revoked' } as const;

/** What the caller's authorities issued to others than authorities. CCM API Reference, ListCertificate. */
export const listCertificate = operation({
  name: 'ListCertificate',
  method: 'GET',
  path: '/v1/private-certificates',
  input: shape({
    limit,
    name,
    offset,
    status: optional(inQuery(choice<(typeof statuses)[keyof typeof statuses]>(statuses, 'status'))),
    sort_key: optional(inQuery(choice<(typeof sortKeys)[keyof typeof sortKeys]>(sortKeys, 'sort_key'))),
    sort_dir: sortDir,
  }),
  action: (_, caller) => onCertificate('pca:cert:list', 'read', caller),
  run: async (wanted, { services, caller }) => {
    const { items, total } = await services.sliceIssuedCertificates(caller, {
      commonNameContains: wanted.name,
      status: wanted.status,
      sort: { key: wanted.sort_key ?? 'createdAt', descending: wanted.sort_dir ?? true },
      offset: wanted.offset ?? 0,
      limit: wanted.limit ?? 10,
    });
    return { total, certificates: await Promise.all(items.map((row) => wholeOf(row, services, caller))) };
  },
  view: ({ total, certificates }, _, { services }) => ({
    total,
    certificates: certificates.map((certificate) => certificateView(certificate, services.now())),
  }),
});

/** The name of a certificate from a CSR stands only in its bytes, which rows of lists do not carry. */
async function wholeOf(
  { certificate, managed }: IssuedListing,
  services: Services,
  caller: Caller,
): Promise<PrivateCertificate> {
  if (managed?.body !== undefined) {
    return { kind: 'held', certificate: managed, body: managed.body, revocation: certificate.revocation };
  }
  return { kind: 'issued', certificate: await services.findIssuedCertificate(caller, certificate.serial) };
}
