import type { AuthorityStatus, AuthorityType } from '../../core/authority.ts';
import { inQuery, optional, shape } from '../../wire/huawei-rest/shapes.ts';
import { authorityView } from './authority-view.ts';
import { choice, limit, name, offset, sortDir } from './list-shapes.ts';
import { operation } from './operation.ts';
import { onCa } from './permissions.ts';

const statuses: Readonly<Record<string, AuthorityStatus>> = {
  PENDING: 'pending',
  ACTIVED: 'active',
  DISABLED: 'disabled',
  DELETED: 'deleted',
  EXPIRED: 'expired',
};
const types: Readonly<Record<string, AuthorityType>> = { ROOT: 'root', SUBORDINATE: 'subordinate' };
const sortKeys = { create_time: 'createdAt', common_name: 'commonName', type: 'type', not_after: 'notAfter' } as const;

/** The caller's authorities of every region. CCM API Reference, ListCertificateAuthority. */
export const listCertificateAuthority = operation({
  name: 'ListCertificateAuthority',
  method: 'GET',
  path: '/v1/private-certificate-authorities',
  input: shape({
    limit,
    name,
    offset,
    status: optional(inQuery(choice(statuses, 'status'))),
    type: optional(inQuery(choice(types, 'type'))),
    sort_key: optional(inQuery(choice<(typeof sortKeys)[keyof typeof sortKeys]>(sortKeys, 'sort_key'))),
    sort_dir: sortDir,
  }),
  action: (_, caller) => onCa('pca:ca:list', 'read', caller),
  run: (wanted, { services, caller }) =>
    services.sliceAuthorities(caller, {
      commonNameContains: wanted.name,
      status: wanted.status,
      type: wanted.type,
      sort: { key: wanted.sort_key ?? 'createdAt', descending: wanted.sort_dir ?? true },
      offset: wanted.offset ?? 0,
      limit: wanted.limit ?? 10,
    }),
  view: ({ items, total }, _, { services, caller }) => ({
    total,
    certificate_authorities: items.map((authority) => authorityView(authority, caller, services.now())),
  }),
});
