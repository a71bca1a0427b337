import { shape } from '../../wire/huawei-rest/shapes.ts';
import { Reply } from '../../wire/reply.ts';
import { operation } from './operation.ts';
import { onSelf } from './permissions.ts';

/** The caller's own domain: SDKs ask for it when they are given none. IAM API Reference, KeystoneListAuthDomains. */
export const listAuthDomains = operation({
  name: 'KeystoneListAuthDomains',
  method: 'GET',
  path: '/v3/auth/domains',
  input: shape({}),
  action: (_, caller) => onSelf('iam:domains:list', caller),
  run: (_, { services, caller }) => services.findAccount(caller.account),
  view: ({ domain, name }, _, { caller }) =>
    Reply.json(
      {
        domains: [{ id: domain, name, enabled: true, description: '', links: { self: `/v3/domains/${domain}` } }],
        links: { self: '/v3/auth/domains', previous: null, next: null },
      },
      { headers: { 'x-iam-trace-id': caller.requestId } },
    ),
});
