import { list, optional, secretText, shape, text } from '../../wire/huawei-rest/shapes.ts';
import type { ShownCredential } from '../../wire/operation.ts';
import { Reply } from '../../wire/reply.ts';
import { operation } from './operation.ts';
import { onSelf } from './permissions.ts';
import { wrongPassword } from './refusals.ts';
import { scopeOf, scopeShape } from './token-scope.ts';
import { tokenView } from './token-view.ts';

/**
 * A token of 24 hours for an access key, shown in the body (method `hw_ak_sk`) or by the request's signature.
 * IAM API Reference, Obtaining a User Token; the method is undocumented there and widely used.
 */
export const createToken = operation({
  name: 'KeystoneCreateUserTokenByPassword',
  method: 'POST',
  path: '/v3/auth/tokens',
  status: 201,
  input: shape({
    auth: shape({
      identity: shape({
        methods: list(text()),
        hw_ak_sk: optional(
          shape({ access: shape({ key: text() }), secret: shape({ key: secretText({ max: 1024 }) }) }),
        ),
      }),
      scope: optional(scopeShape),
    }),
  }),
  signIn: ({ auth: { identity } }): ShownCredential => {
    const [method, ...others] = identity.methods;
    if (method !== 'hw_ak_sk' || others.length > 0) throw wrongPassword();
    // Without them the request's own signature has to prove the key.
    const { hw_ak_sk: shown } = identity;
    return { accessKey: shown?.access.key ?? '', secret: shown?.secret.key ?? new Uint8Array() };
  },
  action: (_, caller) => onSelf('iam:tokens:create', caller),
  run: async ({ auth: { scope } }, { services, caller }) => {
    const account = await services.findAccount(caller.account);
    const opened = await services.openSession({
      account: account.id,
      accessKey: caller.accessKey,
      scope: scopeOf(scope ?? {}, caller, account),
    });
    return { ...opened, account, userName: caller.userName, role: caller.role };
  },
  view: ({ token, ...known }) => Reply.json(tokenView(known), { headers: { 'x-subject-token': token } }),
});
