/**
 * huawei-scm: the SSL certificate manager of Huawei Cloud's CCM, API v3 (`/v3/scm/…`): certificates made elsewhere.
 *
 * Here: the vendor's operations, words, limits and sentences of errors. Not here: what makes an import acceptable
 * (services), how Huawei's REST requests are signed and answered (wire). Every imported certificate of an account is
 * seen here under its SCM id, whichever API brought it.
 * Invariant: whatever reaches a service was read by a shape of this folder; whatever leaves is a view of this folder.
 */
import type { Services } from '../../services/bind.ts';
import { operationsOf } from '../../wire/operation.ts';

export const operation = operationsOf<Services>();
