/**
 * huawei-iam: the little of Huawei Cloud's IAM that its clients call on their own: tokens for an access key, and the
 * domain and project that the key belongs to.
 *
 * Here: shapes, the token document, IAM's own error document. Not here: who may sign in (wire), where sessions are
 * kept (services; only the hash of a token is). Password sign-in, users and agencies are not offered.
 * Invariant: a token is given only to whoever proved an access key, and speaks for that key alone.
 */
import type { Services } from '../../services/bind.ts';
import { operationsOf } from '../../wire/operation.ts';

export const operation = operationsOf<Services>();
