import { bucketName, objectKey } from '../../core/object.ts';
import { integer, optional, shape, text } from '../../wire/aws-json/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { operation } from './operation.ts';
import { account } from './shapes.ts';

const minuteMs = 60_000;

/** A link to an object in the server's own folder: for 15 minutes unless told, for 12 hours at most. */
export const createObjectLink = operation({
  name: 'CreateObjectLink',
  input: shape({
    Bucket: decoded(text({ min: 3, max: 63 }), bucketName),
    Key: decoded(text({ min: 1, max: 1024 }), objectKey),
    Minutes: optional(integer({ min: 1, max: 720 })),
    AccountId: optional(account),
  }),
  // Whoever may read an account's things may read its objects; another account's are the operator's matter.
  action: ({ AccountId }, caller) => ({
    action: 'chancery:CreateObjectLink',
    access: AccountId === undefined || AccountId === caller.account ? 'read' : 'operate',
    resource: '*',
  }),
  run: async ({ Bucket: bucket, Key: key, Minutes = 15, AccountId }, { services, caller }) => {
    const owner = AccountId ?? caller.account;
    await services.assertReadableObject(owner, { bucket, key });
    const expiresAt = services.now() + Minutes * minuteMs;
    return { url: services.objectLinks.urlOf(owner, { bucket, key }, expiresAt), expiresAt };
  },
  view: ({ url, expiresAt }) => ({ Url: url, ExpiresAt: Math.floor(expiresAt / 1000) }),
});
