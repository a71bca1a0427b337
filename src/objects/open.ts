/**
 * Objects: documents in buckets, outside the database — audit reports, and whatever else is published later.
 *
 * Here: the two adapters of core's `ObjectStore`, a local folder and any S3-compatible service. Not here: whose a
 * bucket is (store), links to objects and who may follow them (wire, app), what stands in a document (workers).
 *
 * Invariants: an object appears whole or not at all; nothing is written or read outside the folder, whatever a key
 * says; the only host that is ever called is the operator's endpoint, without following it elsewhere, and only for the
 * buckets that he named; no credential reaches a log or an error.
 */
import type { ObjectStore } from '../core/ports.ts';
import { LocalFolder } from './local-folder.ts';
import { type S3Endpoint, S3Store } from './s3/s3-store.ts';

export type { S3Endpoint } from './s3/s3-store.ts';

/**
 * The folder, or the endpoint when there is one.
 * @param folder made when it is first written to: holds the buckets, or what is on its way to the endpoint
 */
export function openObjects({ folder, s3 }: { folder: string; s3?: S3Endpoint }): ObjectStore {
  return s3 === undefined ? new LocalFolder(folder) : new S3Store(s3, folder);
}
