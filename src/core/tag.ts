import type { AuthorityId, CertificateId } from './ids.ts';

/** Tags: at most 50 a resource; the same key again replaces the value. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}
export const tagsPerResource = 50;

/** What tags hang on. */
export interface TaggedResource {
  readonly kind: 'authority' | 'certificate';
  readonly id: AuthorityId | CertificateId;
}
