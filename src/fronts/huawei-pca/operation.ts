/**
 * huawei-pca: the private certificate authority of Huawei Cloud's CCM, API v1 (`/v1/private-certificate-…`).
 *
 * Here: the vendor's operations, words, limits and sentences of errors. Not here: rules that protect an authority
 * (services), how Huawei's REST requests are signed and answered (wire), files that servers install (formats).
 * Invariant: whatever reaches a service was read by a shape of this folder; whatever leaves is a view of this folder.
 */
import type { Services } from '../../services/bind.ts';
import { operationsOf } from '../../wire/operation.ts';

export const operation = operationsOf<Services>();
