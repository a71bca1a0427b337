import { projectOf } from '../../services/sessions/project-of.ts';
import { inQuery, optional, shape, text } from '../../wire/huawei-rest/shapes.ts';
import { Reply } from '../../wire/reply.ts';
import { operation } from './operation.ts';
import { onSelf } from './permissions.ts';

/**
 * The caller's project: one for the region of this server, and named after it. SDKs look for a name and take only a
 * single match. IAM API Reference, KeystoneListProjects.
 */
export const listProjects = operation({
  name: 'KeystoneListProjects',
  method: 'GET',
  path: '/v3/projects',
  input: shape({ name: optional(inQuery(text())), domain_id: optional(inQuery(text())) }),
  action: (_, caller) => onSelf('iam:projects:list', caller),
  run: ({ name = '', domain_id = '' }, { caller }) => {
    const isAsked = (name === '' || name === caller.region) && (domain_id === '' || domain_id === caller.domain);
    return isAsked ? [{ id: projectOf(caller.domain, caller.region), name: caller.region }] : [];
  },
  view: (projects, _, { caller }) =>
    Reply.json(
      {
        projects: projects.map(({ id, name }) => ({
          id,
          name,
          domain_id: caller.domain,
          parent_id: caller.domain,
          is_domain: false,
          enabled: true,
          description: '',
          links: { self: `/v3/projects/${id}` },
        })),
        links: { self: '/v3/projects', previous: null, next: null },
      },
      { headers: { 'x-iam-trace-id': caller.requestId } },
    ),
});
