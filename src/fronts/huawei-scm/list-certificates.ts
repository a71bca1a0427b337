import { flag, inQuery, integer, optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { rowView } from './certificate-view.ts';
import { defaultEnterpriseProject, enterpriseProject } from './enterprise-project.ts';
import { operation } from './operation.ts';
import { onCertificate } from './permissions.ts';
import { incorrect } from './refusals.ts';

/** Status → what it is here; `none` for those that only bought certificates have. */
const statuses = {
  ALL: undefined,
  UPLOAD: 'issued',
  EXPIRED: 'expired',
  PAID: 'none',
  ISSUED: 'none',
  CHECKING: 'none',
  CANCELCHECKING: 'none',
  UNPASSED: 'none',
  REVOKING: 'none',
  CANCLEREVOKING: 'none',
  REVOKED: 'none',
  CHECKING_ORG: 'none',
  CHECKING_DOMAIN: 'none',
  ISSUING: 'none',
  SUPPLEMENTCHECKING: 'none',
  CANCELSUPPLEMENTING: 'none',
} as const;
const sortKeys = { certExpiredTime: 'notAfter', certStatus: 'status', certUpdateTime: 'changedAt' } as const;
const directions = { DESC: true, ASC: false } as const;

const pageSize = decoded(integer(), (given) => {
  if (given !== 10 && given !== 20 && given !== 50) throw incorrect('limit takes 10, 20, 50.');
  return given;
});

/**
 * Imported certificates of every region, last changed first unless asked otherwise.
 * The reference's upper bound of 100 for offsets is an artefact and not kept. CCM API Reference, ListCertificates.
 */
export const listCertificates = operation({
  name: 'ListCertificates',
  method: 'GET',
  path: '/v3/scm/certificates',
  input: shape({
    limit: optional(inQuery(pageSize)),
    offset: optional(inQuery(integer({ min: 0, max: Number.MAX_SAFE_INTEGER }))),
    sort_dir: optional(inQuery(word(directions, 'sort_dir'))),
    sort_key: optional(inQuery(word(sortKeys, 'sort_key'))),
    status: optional(inQuery(word(statuses, 'status'))),
    enterprise_project_id: optional(inQuery(enterpriseProject)),
    deploy_support: optional(inQuery(flag())),
    owned_by_self: optional(inQuery(flag())),
    expired_days_since: optional(inQuery(integer({ min: 0, max: 1095 }))),
    content: optional(inQuery(text({ max: 255 }))),
  }),
  action: (_, caller) => onCertificate('scm:cert:list', 'read', caller),
  run: async (wanted, { services, caller }) => {
    const { status, expired_days_since: days, content = '', enterprise_project_id: project } = wanted;
    // Nothing can be deployed from here.
    if (status === 'none' || wanted.deploy_support === true) return { items: [], total: 0 };
    return services.sliceImportedCertificates(caller, {
      content: content === '' ? undefined : content,
      status,
      enterpriseProject:
        project === 'all' ? undefined : project === defaultEnterpriseProject ? { none: true } : project,
      endsAfter: days === undefined ? undefined : services.now() - days * 86_400_000,
      sort: { key: wanted.sort_key ?? 'changedAt', descending: wanted.sort_dir ?? true },
      offset: wanted.offset ?? 0,
      limit: wanted.limit ?? 10,
    });
  },
  view: ({ items, total }, _, { services, caller }) => ({
    certificates: items.map((certificate) => rowView(certificate, caller, services.now())),
    total_count: total,
  }),
});

/** One of the vendor's words as what it means here; "" is absent. */
function word<Meanings extends Readonly<Record<string, unknown>>>(meanings: Meanings, parameter: string) {
  return decoded(text({ max: 64 }), (given): Meanings[keyof Meanings] | undefined => {
    if (given === '') return undefined;
    const found = Object.keys(meanings).find((one): one is keyof Meanings & string => one === given);
    if (found === undefined) throw incorrect(`${parameter} takes ${Object.keys(meanings).join(', ')}.`);
    return meanings[found];
  });
}
