import type { Refused, RefusedOperations } from '../../wire/catalogue.ts';

/** The version of the API, which is part of the service's answer. */
export const version = '2011-06-15';

/** The operations of STS that this front does not have: all answer like one that is not there. */
export const refused: RefusedOperations = Object.fromEntries(
  [
    ['AssumeRole', 'there are no roles'],
    ['AssumeRoleWithSAML', 'there are no roles'],
    ['AssumeRoleWithWebIdentity', 'there are no roles'],
    ['AssumeRoot', 'there are no root users of member accounts'],
    ['DecodeAuthorizationMessage', 'denials are in plain words and carry no encoded message'],
    ['GetAccessKeyInfo', 'whose an access key is, is told to its owner only'],
    ['GetDelegatedAccessToken', 'there are no temporary credentials for AWS callers'],
    ['GetFederationToken', 'there are no temporary credentials for AWS callers'],
    ['GetScopedCredentials', 'there are no temporary credentials for AWS callers'],
    ['GetSessionToken', 'there are no temporary credentials for AWS callers'],
    ['GetWebIdentityToken', 'this server issues no web identities'],
  ].map(([name = '', reason = '']) => [name, notThere(name, reason)]),
);

function notThere(name: string, reason: string): Refused {
  return { code: 'InvalidAction', message: `Could not find operation ${name} for version ${version}`, reason };
}
