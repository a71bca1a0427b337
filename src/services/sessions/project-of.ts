import { createHash } from 'node:crypto';
import { type DomainId, type ProjectId, projectId, type Region } from '../../core/ids.ts';

/** The project of a domain in a region: always the same 32 hexadecimal digits, so that nothing is stored for it. */
export function projectOf(domain: DomainId, region: Region): ProjectId {
  return projectId(createHash('sha256').update(`project\0${domain}\0${region}`).digest('hex').slice(0, 32));
}
